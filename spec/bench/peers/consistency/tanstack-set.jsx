/** https://tanstack.com/query/latest/docs/framework/react/guides/updates-from-mutation-responses */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { start } from "../../consistency/page/start.tsx";
import { renamePerson } from "./rest.js";
import { tanstack } from "./tanstack-reads.jsx";

function useRename() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: renamePerson,
    // refresh code {
    onSuccess: (person) => {
      const inList = (old) => old?.map((other) => (other.id === person.id ? person : other));
      queryClient.setQueryData(["profile", person.id], person);
      queryClient.setQueryData(["members", person.team_id], inList);
      queryClient.setQueryData(["people"], inList);
      queryClient.setQueryData(["assignees"], inList);
    },
    // } refresh code
  }).mutate;
}

start({ ...tanstack, useRename });
