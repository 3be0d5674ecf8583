/** The reads of the page with TanStack Query: https://tanstack.com/query/latest/docs/framework/react/guides/queries */
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { get, ROUTES } from "./rest.js";

const client = new QueryClient();

const Root = ({ children }) => (
  <QueryClientProvider client={client}>{children}</QueryClientProvider>
);
const read = (queryKey, path) => () => useQuery({ queryKey, queryFn: () => get(path) }).data;

export const tanstack = {
  Root,
  useProfile: read(["profile", 5], ROUTES.profile),
  useMembers: read(["members", 3], ROUTES.members),
  usePeople: read(["people"], ROUTES.people),
  useAssignees: read(["assignees"], ROUTES.assignees),
  useOrders: read(["orders", 5], ROUTES.orders),
  useNews: read(["news"], ROUTES.news),
};
