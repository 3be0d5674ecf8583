/** RTK Query: https://redux-toolkit.js.org/rtk-query/overview, by the selectors and thunks that its hooks are made of. */
import { configureStore, current } from "@reduxjs/toolkit";
import { createApi } from "@reduxjs/toolkit/query";

const open = (author) => (backend, changed) => {
  const settle = (promise) =>
    promise.then(
      (data) => ({ data }),
      (error) => ({ error: String(error) }),
    );
  const { tags, update } = author;
  const api = createApi({
    baseQuery: (ask) => settle(ask()),
    tagTypes: ["Query"],
    endpoints: (build) => ({
      read: build.query({
        query: (query) => async () => (await backend.read([query]))[0],
        ...(tags && { providesTags: (_result, _error, id) => [{ type: "Query", id }] }),
      }),
      mutate: build.mutation({
        query: (mutation) => () => backend.mutate(mutation),
        ...(tags && {
          invalidatesTags: (_result, _error, mutation) =>
            backend.touched(mutation).map((id) => ({ type: "Query", id })),
        }),
        ...(update && {
          onQueryStarted: (mutation, tools) => update(mutation, tools, api, backend),
        }),
      }),
    }),
  });
  const store = configureStore({
    reducer: { [api.reducerPath]: api.reducer },
    middleware: (getDefault) => getDefault().concat(api.middleware),
    devTools: false,
  });
  const select = (query) => api.endpoints.read.select(query)(store.getState());
  const stop = store.subscribe(changed);
  return {
    mount: (query) => {
      const { unsubscribe } = store.dispatch(api.endpoints.read.initiate(query));
      changed();
      return unsubscribe;
    },
    refetch: (query) =>
      void store.dispatch(
        api.endpoints.read.initiate(query, { forceRefetch: true, subscribe: false }),
      ),
    mutate: (mutation) => void store.dispatch(api.endpoints.mutate.initiate(mutation)),
    shown: (query) => {
      const { data, status, isError } = select(query);
      return { data, isFetching: status === "pending", isError };
    },
    close: () => {
      stop();
      store.dispatch(api.util.resetApiState());
    },
  };
};

/** Writes into every query that a mutation touches; the answer undoes it. */
const patch = (mutation, result, dispatch, api, { touched, patched }) => {
  const patches = touched(mutation).map((query) =>
    dispatch(
      // Called while there is nothing yet, too.
      api.util.updateQueryData("read", query, (draft = undefined) =>
        patched(query, draft && current(draft), mutation, result),
      ),
    ),
  );
  return () => patches.forEach(({ undo }) => undo());
};

/** https://redux-toolkit.js.org/rtk-query/usage/manual-cache-updates#pessimistic-updates */
const pessimistic = async (mutation, { dispatch, queryFulfilled }, api, backend) => {
  const answered = await queryFulfilled.catch(() => null);
  if (answered) patch(mutation, answered.data, dispatch, api, backend);
};

/** https://redux-toolkit.js.org/rtk-query/usage/manual-cache-updates#optimistic-updates, and tags for the truth. */
const optimistic = (mutation, { dispatch, queryFulfilled }, api, backend) => {
  const undo = patch(mutation, backend.expected(mutation), dispatch, api, backend);
  queryFulfilled.catch(undo);
};

export const subjects = [
  { title: "RTK Query, tags", open: open({ tags: true }) },
  { title: "RTK Query, pessimistic updateQueryData", open: open({ update: pessimistic }) },
  {
    title: "RTK Query, optimistic with undo, and tags",
    open: open({ update: optimistic, tags: true }),
    isOptimistic: true,
  },
];
