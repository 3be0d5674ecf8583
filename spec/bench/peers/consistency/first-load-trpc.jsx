/** https://trpc.io/docs/client/tanstack-react-query/usage, by whichever link. */
import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { FIRST_LOAD } from "../../consistency/page/first-load.ts";
import { startFirstLoad } from "../../consistency/page/start-first-load.tsx";

export function startTrpcFirstLoad(link) {
  const { TRPCProvider, useTRPC } = createTRPCContext();
  const queryClient = new QueryClient();
  const trpcClient = createTRPCClient({ links: [link] });
  const read = (name) => () => useQuery(useTRPC()[name].queryOptions({ account_id: 7 })).data;

  startFirstLoad({
    Root: ({ children }) => (
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
    ),
    uses: Object.fromEntries(FIRST_LOAD.map((name) => [name, read(name)])),
  });
}
