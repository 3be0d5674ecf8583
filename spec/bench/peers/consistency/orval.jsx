/** The client that orval generates, see orval.config.mjs. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { start } from "../../consistency/page/start.tsx";
import {
  useBoardAssignees,
  useDirectoryPeople,
  useLatestNews,
  usePersonOrders,
  usePersonProfile,
  useRenamePerson,
  useTeamMembers,
} from "orval-page";

const client = new QueryClient();

function useRename() {
  const { mutate } = useRenamePerson();
  return (data) => mutate({ data });
}

start({
  Root: ({ children }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>,
  useProfile: () => usePersonProfile({ person_id: 5 }).data,
  useMembers: () => useTeamMembers({ team_id: 3 }).data,
  usePeople: () => useDirectoryPeople().data,
  useAssignees: () => useBoardAssignees().data,
  useOrders: () => usePersonOrders({ person_id: 5 }).data,
  useNews: () => useLatestNews().data,
  useRename,
});
