/**
 * What one writes without a library: an answer is shown when it comes, whichever it is of, and a mutation has what
 * it touches read again. It shows what the race is about, and that the race sees it.
 */
import type { Query } from "./app.js";
import type { OpenCache, Shown } from "./cache.js";

export const openNaive: OpenCache = (backend, changed) => {
  const states = new Map<Query, Shown>();
  const mounts = new Map<Query, number>();
  const under = new Map<Query, number>();

  const assign = (query: Query, change: Partial<Shown>): void => {
    const before = states.get(query) ?? { data: undefined, isFetching: false, isError: false };
    const isFetching = (under.get(query) ?? 0) > 0;
    states.set(query, { ...before, ...change, isFetching });
    changed();
  };
  const load = (query: Query): void => {
    const count = (by: number) => under.set(query, (under.get(query) ?? 0) + by);
    count(1);
    assign(query, {});
    backend.read([query]).then(
      ([data]) => {
        count(-1);
        assign(query, { data, isError: false });
      },
      () => {
        count(-1);
        assign(query, { isError: true });
      },
    );
  };
  return {
    mount: (query) => {
      mounts.set(query, (mounts.get(query) ?? 0) + 1);
      load(query);
      return () => mounts.set(query, (mounts.get(query) ?? 1) - 1);
    },
    refetch: load,
    mutate: (mutation) =>
      void backend.mutate(mutation).then(
        () => backend.touched(mutation).forEach((query) => mounts.get(query) && load(query)),
        () => undefined,
      ),
    shown: (query) => states.get(query) ?? { data: undefined, isFetching: false, isError: false },
    close: () => undefined,
  };
};
