/** Each read for itself: https://tanstack.com/query/latest/docs/framework/react/guides/parallel-queries */
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { FIRST_LOAD } from "../../consistency/page/first-load.ts";
import { startFirstLoad } from "../../consistency/page/start-first-load.tsx";
import { get } from "./rest.js";

const client = new QueryClient();
const read = (name) => () =>
  useQuery({ queryKey: [name, 7], queryFn: () => get(`/rest/${name}?account_id=7`) }).data;

startFirstLoad({
  Root: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  uses: Object.fromEntries(FIRST_LOAD.map((name) => [name, read(name)])),
});
