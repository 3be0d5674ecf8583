/** https://tanstack.com/query/latest/docs/framework/react/guides/invalidations-from-mutations */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { start } from "../../consistency/page/start.tsx";
import { renamePerson } from "./rest.js";
import { tanstack } from "./tanstack-reads.jsx";

function useRename() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: renamePerson,
    // refresh code {
    onSuccess: (person) =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ["profile", person.id] }),
        queryClient.invalidateQueries({ queryKey: ["members", person.team_id] }),
        queryClient.invalidateQueries({ queryKey: ["people"] }),
        queryClient.invalidateQueries({ queryKey: ["assignees"] }),
      ]),
    // } refresh code
  }).mutate;
}

start({ ...tanstack, useRename });
