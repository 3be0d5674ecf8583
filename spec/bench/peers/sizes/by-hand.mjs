/** Clients without a generator: `fetch` by hand, and a cache. */
import { pascal } from "./names.mjs";

const helpers = `
const read = async (response) => { if (!response.ok) throw new Error(String(response.status)); return response.json(); };
const get = (path) => fetch("/api/" + path).then(read);
const send = (path, args) => fetch("/api/" + path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(args) }).then(read);
`;
const call = `${helpers} export const done = send("rename_user", { user_id: 5, name: "Ada" });`;

const tanstack = (names) => `
import { QueryClient, QueryClientProvider, useQuery${names.length ? ", useMutation, useQueryClient" : ""} } from "@tanstack/react-query";
${helpers}
export const client = new QueryClient();
export const Provider = QueryClientProvider;
export const useUserProfile = (id) => useQuery({ queryKey: ["user_profile", id], queryFn: () => get("user_profile?user_id=" + id) });
${names
  .map((name, index) =>
    index === 0
      ? `export const use${pascal(name)} = () => { const queries = useQueryClient(); return useMutation({ mutationFn: (args) => send("${name}", args), onSuccess: (_, { user_id }) => queries.invalidateQueries({ queryKey: ["user_profile", user_id] }) }); };`
      : `export const use${pascal(name)} = () => useMutation({ mutationFn: (args) => send("${name}", args) });`,
  )
  .join("\n")}`;

const swr = (names) => `
import useSWR, { SWRConfig${names.length ? ", useSWRConfig" : ""} } from "swr";
${names.length ? 'import useSWRMutation from "swr/mutation";' : ""}
${helpers}
export const Provider = SWRConfig;
export const useUserProfile = (id) => useSWR("user_profile?user_id=" + id, get);
const post = (path, { arg }) => send(path, arg);
${names
  .map((name, index) =>
    index === 0
      ? `export const use${pascal(name)} = () => { const { mutate } = useSWRConfig(); return useSWRMutation("${name}", post, { onSuccess: ({ id }) => mutate("user_profile?user_id=" + id) }); };`
      : `export const use${pascal(name)} = () => useSWRMutation("${name}", post);`,
  )
  .join("\n")}`;

const rtk = (names) => `
import { ApiProvider, createApi, fetchBaseQuery } from "@reduxjs/toolkit/query/react";
export const api = createApi({
  baseQuery: fetchBaseQuery({ baseUrl: "/api" }),
  tagTypes: ["User"],
  endpoints: (build) => ({
    user_profile: build.query({ query: (id) => "user_profile?user_id=" + id, providesTags: (_result, _error, id) => [{ type: "User", id }] }),
    ${names
      .map(
        (name, index) =>
          `${name}: build.mutation({ query: (body) => ({ url: "${name}", method: "POST", body })${index === 0 ? `, invalidatesTags: (_result, _error, { user_id: id }) => [{ type: "User", id }]` : ""} }),`,
      )
      .join("\n")}
  }),
});
export const Provider = ApiProvider;
export const { useUser_profileQuery, ${names.map((name) => `use${name[0].toUpperCase()}${name.slice(1)}Mutation`)} } = api;`;
const rtkCall = `
import { configureStore } from "@reduxjs/toolkit";
import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query";
const api = createApi({
  baseQuery: fetchBaseQuery({ baseUrl: "/api" }),
  endpoints: (build) => ({ rename_user: build.mutation({ query: (body) => ({ url: "rename_user", method: "POST", body }) }) }),
});
const store = configureStore({ reducer: { [api.reducerPath]: api.reducer }, middleware: (getDefault) => getDefault().concat(api.middleware) });
export const done = store.dispatch(api.endpoints.rename_user.initiate({ user_id: 5, name: "Ada" }));`;

const openapi = (names) => `
import createFetchClient from "openapi-fetch";
import createClient from "openapi-react-query";
import { QueryClient, QueryClientProvider${names.length ? ", useQueryClient" : ""} } from "@tanstack/react-query";
const $api = createClient(createFetchClient({ baseUrl: "/api" }));
export const client = new QueryClient();
export const Provider = QueryClientProvider;
export const useUserProfile = (user_id) => $api.useQuery("get", "/user_profile", { params: { query: { user_id } } });
${names
  .map((name, index) =>
    index === 0
      ? `export const use${pascal(name)} = () => { const queries = useQueryClient(); return $api.useMutation("post", "/${name}", { onSuccess: ({ user_id }) => queries.invalidateQueries($api.queryOptions("get", "/user_profile", { params: { query: { user_id } } })) }); };`
      : `export const use${pascal(name)} = () => $api.useMutation("post", "/${name}");`,
  )
  .join("\n")}`;
const openapiCall = `
import createFetchClient from "openapi-fetch";
export const done = createFetchClient({ baseUrl: "/api" }).POST("/rename_user", { body: { user_id: 5, name: "Ada" } });`;

export const byHand = [
  { title: "SWR + fetch", call, page: swr },
  { title: "TanStack Query + fetch", call, page: tanstack },
  { title: "openapi-fetch + openapi-react-query", call: openapiCall, page: openapi },
  { title: "RTK Query", call: rtkCall, page: rtk },
];
