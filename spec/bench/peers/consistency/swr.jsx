/** https://swr.vercel.app/docs/mutation: a remote mutation, then the keys that it made stale. */
import useSWR, { SWRConfig, useSWRConfig } from "swr";
import useSWRMutation from "swr/mutation";
import { start } from "../../consistency/page/start.tsx";
import { get, renamePerson, ROUTES } from "./rest.js";

const Root = ({ children }) => <SWRConfig value={{ fetcher: get }}>{children}</SWRConfig>;
const read = (path) => () => useSWR(path).data;

function useRename() {
  const { mutate } = useSWRConfig();
  return useSWRMutation("/rest/rename_person", (_key, { arg }) => renamePerson(arg), {
    // refresh code {
    onSuccess: (person) => {
      mutate(`/rest/person_profile?person_id=${person.id}`);
      mutate(`/rest/team_members?team_id=${person.team_id}`);
      mutate("/rest/directory_people");
      mutate("/rest/board_assignees");
    },
    // } refresh code
  }).trigger;
}

start({
  Root,
  useProfile: read(ROUTES.profile),
  useMembers: read(ROUTES.members),
  usePeople: read(ROUTES.people),
  useAssignees: read(ROUTES.assignees),
  useOrders: read(ROUTES.orders),
  useNews: read(ROUTES.news),
  useRename,
});
