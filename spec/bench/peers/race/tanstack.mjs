/**
 * TanStack Query, and what is built upon it (tRPC's integration, orval): the same cache, the same rules.
 *
 * Reads: https://tanstack.com/query/latest/docs/framework/react/guides/queries, by the observers that its hooks
 * are made of.
 */
import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/react-query";

const open = (author) => (backend, changed) => {
  const client = new QueryClient();
  client.mount();
  const shown = new Map();
  const observers = new Map();
  return {
    mount: (query) => {
      const observer = new QueryObserver(client, {
        queryKey: [query],
        queryFn: async () => (await backend.read([query]))[0],
      });
      const see = (result) => {
        shown.set(query, result);
        changed();
      };
      const unsubscribe = observer.subscribe(see);
      observers.set(query, observer);
      see(observer.getCurrentResult());
      return unsubscribe;
    },
    refetch: (query) => void observers.get(query).refetch(),
    mutate: (mutation) => {
      const options = {
        mutationKey: ["any"],
        mutationFn: backend.mutate,
        ...author(client, backend),
      };
      new MutationObserver(client, options).mutate(mutation).catch(() => undefined);
    },
    shown: (query) => {
      const { data, fetchStatus, isError } = shown.get(query);
      return { data, isFetching: fetchStatus === "fetching", isError };
    },
    close: () => {
      client.unmount();
      client.clear();
    },
  };
};

const invalidate = (client, queries) =>
  Promise.all(queries.map((query) => client.invalidateQueries({ queryKey: [query] })));
const cancel = (client, queries) =>
  Promise.all(queries.map((query) => client.cancelQueries({ queryKey: [query] })));

/** https://tanstack.com/query/latest/docs/framework/react/guides/invalidations-from-mutations */
const invalidating = (client, { touched }) => ({
  onSuccess: (_result, mutation) => invalidate(client, touched(mutation)),
});

/**
 * https://tanstack.com/query/latest/docs/framework/react/guides/updates-from-mutation-responses, with more care
 * than it asks for: reads under way are cancelled, and what had no data yet is read again.
 */
const setting = (client, { touched, patched }) => ({
  onSuccess: async (result, mutation) => {
    const queries = touched(mutation);
    await cancel(client, queries);
    for (const query of queries) {
      client.setQueryData([query], (old) => patched(query, old, mutation, result));
    }
    const unset = queries.filter((query) => client.getQueryData([query]) === undefined);
    await invalidate(client, unset);
  },
});

/** https://tanstack.com/query/latest/docs/framework/react/guides/optimistic-updates (via the cache) */
const optimistic = (client, { touched, patched, expected }) => ({
  onMutate: async (mutation) => {
    const queries = touched(mutation);
    await cancel(client, queries);
    const before = queries.map((query) => [query, client.getQueryData([query])]);
    for (const query of queries) {
      client.setQueryData([query], (old) => patched(query, old, mutation, expected(mutation)));
    }
    return { before };
  },
  onError: (_error, _mutation, context) => {
    for (const [query, data] of context.before) client.setQueryData([query], data);
  },
  onSettled: (_result, _error, mutation) => invalidate(client, touched(mutation)),
});

/**
 * https://tkdodo.eu/blog/concurrent-optimistic-updates-in-react-query: a query is read again by the last of the
 * mutations that touch it. What the article says by mutation keys is said for each query here.
 */
const concurrent = (client, backend) => ({
  ...optimistic(client, backend),
  onSettled: (_result, _error, mutation) => {
    const isLast = (query) => {
      const predicate = ({ state }) => backend.touched(state.variables).includes(query);
      return client.isMutating({ predicate }) === 1;
    };
    return invalidate(client, backend.touched(mutation).filter(isLast));
  },
});

export const subjects = [
  { title: "TanStack Query (and tRPC, orval), invalidate on success", open: open(invalidating) },
  { title: "TanStack Query, cancelQueries + setQueryData", open: open(setting) },
  { title: "TanStack Query, optimistic with rollback", open: open(optimistic), isOptimistic: true },
  {
    title: "TanStack Query, optimistic, last one invalidates",
    open: open(concurrent),
    isOptimistic: true,
  },
];
