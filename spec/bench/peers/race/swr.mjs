/**
 * SWR, which has no cache without React: one component per query in jsdom, and what it has rendered is what is
 * shown. https://swr.vercel.app/docs/mutation
 */
import { createElement, useLayoutEffect } from "react";
import { createRoot } from "react-dom/client";
import { flushSync } from "react-dom";
import useSWR, { SWRConfig, useSWRConfig } from "swr";

const open = (author) => (backend, changed) => {
  const shown = new Map();
  const bound = new Map();
  const counts = new Map();
  let scoped;

  function Place({ query }) {
    const { data, error, isValidating, mutate } = useSWR(query);
    useLayoutEffect(() => {
      shown.set(query, { data, isFetching: isValidating, isError: error !== undefined });
      bound.set(query, mutate);
      changed();
    });
    return null;
  }
  function App({ queries }) {
    scoped = useSWRConfig().mutate;
    return queries.map((query) => createElement(Place, { key: query, query }));
  }
  const root = createRoot(document.createElement("div"));
  const config = {
    provider: () => new Map(),
    fetcher: async (query) => (await backend.read([query]))[0],
  };
  const render = () => {
    const queries = [...counts].flatMap(([query, count]) => (count > 0 ? [query] : []));
    flushSync(() =>
      root.render(createElement(SWRConfig, { value: config }, createElement(App, { queries }))),
    );
  };
  const count = (query, change) => {
    counts.set(query, (counts.get(query) ?? 0) + change);
    render();
  };
  return {
    mount: (query) => {
      count(query, 1);
      return () => count(query, -1);
    },
    refetch: (query) => void bound.get(query)(),
    mutate: (mutation) => void author(scoped, backend, mutation),
    shown: (query) => shown.get(query),
    close: () => flushSync(() => root.unmount()),
  };
};

/** https://swr.vercel.app/docs/mutation#revalidation */
const revalidating = async (mutate, backend, mutation) => {
  try {
    await backend.mutate(mutation);
  } catch {
    return;
  }
  for (const query of backend.touched(mutation)) mutate(query);
};

/**
 * https://swr.vercel.app/docs/mutation#update-cache-after-mutation, without reading again but where there is
 * nothing yet.
 */
const populating = (mutate, backend, mutation) => {
  const answer = backend.mutate(mutation);
  for (const query of backend.touched(mutation)) {
    mutate(query, answer, {
      populateCache: (result, old) => backend.patched(query, old, mutation, result),
      revalidate: (data) => data === undefined,
    }).catch(() => undefined);
  }
};

/** https://swr.vercel.app/docs/mutation#optimistic-updates */
const optimistic = (mutate, backend, mutation) => {
  const answer = backend.mutate(mutation);
  for (const query of backend.touched(mutation)) {
    mutate(query, answer, {
      optimisticData: (old) => backend.patched(query, old, mutation, backend.expected(mutation)),
      populateCache: (result, old) => backend.patched(query, old, mutation, result),
      rollbackOnError: true,
      revalidate: true,
    }).catch(() => undefined);
  }
};

export const subjects = [
  { title: "SWR, mutate(key)", open: open(revalidating) },
  { title: "SWR, populateCache without reading again", open: open(populating) },
  { title: "SWR, optimistic with rollback", open: open(optimistic), isOptimistic: true },
];
