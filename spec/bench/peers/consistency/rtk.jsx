/** Tags: https://redux-toolkit.js.org/rtk-query/usage/automated-refetching */
import { ApiProvider, createApi, fetchBaseQuery } from "@reduxjs/toolkit/query/react";
import { start } from "../../consistency/page/start.tsx";

const api = createApi({
  baseQuery: fetchBaseQuery({ baseUrl: "/rest" }),
  tagTypes: ["Person"],
  endpoints: (build) => ({
    profile: build.query({
      query: (id) => `person_profile?person_id=${id}`,
      // refresh code {
      providesTags: (_result, _error, id) => [{ type: "Person", id }],
      // } refresh code
    }),
    members: build.query({
      query: (id) => `team_members?team_id=${id}`,
      // refresh code {
      providesTags: (people = []) => people.map(({ id }) => ({ type: "Person", id })),
      // } refresh code
    }),
    people: build.query({
      query: () => "directory_people",
      // refresh code {
      providesTags: (people = []) => people.map(({ id }) => ({ type: "Person", id })),
      // } refresh code
    }),
    assignees: build.query({
      query: () => "board_assignees",
      // refresh code {
      providesTags: (people = []) => people.map(({ id }) => ({ type: "Person", id })),
      // } refresh code
    }),
    orders: build.query({ query: (id) => `person_orders?person_id=${id}` }),
    news: build.query({ query: () => "latest_news" }),
    rename: build.mutation({
      query: (body) => ({ url: "rename_person", method: "POST", body }),
      // refresh code {
      invalidatesTags: (_result, _error, { person_id }) => [{ type: "Person", id: person_id }],
      // } refresh code
    }),
  }),
});

start({
  Root: ({ children }) => <ApiProvider api={api}>{children}</ApiProvider>,
  useProfile: () => api.useProfileQuery(5).data,
  useMembers: () => api.useMembersQuery(3).data,
  usePeople: () => api.usePeopleQuery().data,
  useAssignees: () => api.useAssigneesQuery().data,
  useOrders: () => api.useOrdersQuery(5).data,
  useNews: () => api.useNewsQuery().data,
  useRename: () => api.useRenameMutation()[0],
});
