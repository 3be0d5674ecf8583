/**
 * tRPC with TanStack Query: https://trpc.io/docs/client/tanstack-react-query/usage
 * The links differ: https://trpc.io/docs/client/links/httpBatchLink
 */
import {
  QueryClient,
  QueryClientProvider,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { createTRPCClient } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { start } from "../../consistency/page/start.tsx";

export function startTrpc(link) {
  const { TRPCProvider, useTRPC } = createTRPCContext();
  const queryClient = new QueryClient();
  const trpcClient = createTRPCClient({ links: [link] });

  const Root = ({ children }) => (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );

  function useRename() {
    const trpc = useTRPC();
    const client = useQueryClient();
    return useMutation(
      trpc.rename_person.mutationOptions({
        // refresh code {
        onSuccess: ({ id, team_id }) =>
          Promise.all([
            client.invalidateQueries(trpc.person_profile.queryFilter({ person_id: id })),
            client.invalidateQueries(trpc.team_members.queryFilter({ team_id })),
            client.invalidateQueries(trpc.directory_people.queryFilter()),
            client.invalidateQueries(trpc.board_assignees.queryFilter()),
          ]),
        // } refresh code
      }),
    ).mutate;
  }

  start({
    Root,
    useProfile: () => useQuery(useTRPC().person_profile.queryOptions({ person_id: 5 })).data,
    useMembers: () => useQuery(useTRPC().team_members.queryOptions({ team_id: 3 })).data,
    usePeople: () => useQuery(useTRPC().directory_people.queryOptions()).data,
    useAssignees: () => useQuery(useTRPC().board_assignees.queryOptions()).data,
    useOrders: () => useQuery(useTRPC().person_orders.queryOptions({ person_id: 5 })).data,
    useNews: () => useQuery(useTRPC().latest_news.queryOptions()).data,
    useRename,
  });
}
