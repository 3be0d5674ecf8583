/** Everything is stale after any mutation: https://tkdodo.eu/blog/automatic-query-invalidation-after-mutations */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { start } from "../../consistency/page/start.tsx";
import { renamePerson } from "./rest.js";
import { tanstack } from "./tanstack-reads.jsx";

function useRename() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: renamePerson,
    // refresh code {
    onSuccess: () => queryClient.invalidateQueries(),
    // } refresh code
  }).mutate;
}

start({ ...tanstack, useRename });
