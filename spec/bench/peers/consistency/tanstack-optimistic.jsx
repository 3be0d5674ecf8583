/** By way of the cache, with rollback: https://tanstack.com/query/latest/docs/framework/react/guides/optimistic-updates */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { start } from "../../consistency/page/start.tsx";
import { renamePerson } from "./rest.js";
import { tanstack } from "./tanstack-reads.jsx";

function useRename() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: renamePerson,
    // refresh code {
    onMutate: async ({ person_id, name }) => {
      const keys = [["profile", person_id], ["members", 3], ["people"], ["assignees"]];
      await Promise.all(keys.map((queryKey) => queryClient.cancelQueries({ queryKey })));
      const before = keys.map((key) => [key, queryClient.getQueryData(key)]);
      const renamed = (old) => (old?.id === person_id ? { ...old, name } : old);
      for (const key of keys) {
        queryClient.setQueryData(key, (old) =>
          Array.isArray(old) ? old.map(renamed) : renamed(old),
        );
      }
      return { keys, before };
    },
    onError: (_error, _args, context) => {
      for (const [key, data] of context.before) queryClient.setQueryData(key, data);
    },
    onSettled: (_data, _error, _args, { keys }) =>
      Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey }))),
    // } refresh code
  }).mutate;
}

start({ ...tanstack, useRename });
