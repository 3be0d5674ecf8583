/** Clients that take the server's types, or a contract in TypeScript. */
import { camel, pascal } from "./names.mjs";

const trpc = (names) => `
import { QueryClient, QueryClientProvider, useQuery${names.length ? ", useMutation, useQueryClient" : ""} } from "@tanstack/react-query";
import { createTRPCClient, httpBatchLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
export const { TRPCProvider, useTRPC } = createTRPCContext();
export const client = new QueryClient();
export const trpcClient = createTRPCClient({ links: [httpBatchLink({ url: "/api" })] });
export const Provider = QueryClientProvider;
export const useUserProfile = (user_id) => useQuery(useTRPC().user_profile.queryOptions({ user_id }));
${names
  .map((name, index) =>
    index === 0
      ? `export const use${pascal(name)} = () => { const trpc = useTRPC(); const queries = useQueryClient(); return useMutation(trpc.${name}.mutationOptions({ onSuccess: ({ user_id }) => queries.invalidateQueries(trpc.user_profile.queryFilter({ user_id })) })); };`
      : `export const use${pascal(name)} = () => useMutation(useTRPC().${name}.mutationOptions());`,
  )
  .join("\n")}`;
const trpcCall = `
import { createTRPCClient, httpBatchLink } from "@trpc/client";
export const done = createTRPCClient({ links: [httpBatchLink({ url: "/api" })] }).rename_user.mutate({ user_id: 5, name: "Ada" });`;

const orpc = (names) => `
import { QueryClient, QueryClientProvider, useQuery${names.length ? ", useMutation, useQueryClient" : ""} } from "@tanstack/react-query";
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/fetch";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
const orpc = createTanstackQueryUtils(createORPCClient(new RPCLink({ url: "/api" })));
export const client = new QueryClient();
export const Provider = QueryClientProvider;
export const useUserProfile = (user_id) => useQuery(orpc.user_profile.queryOptions({ input: { user_id } }));
${names
  .map((name, index) =>
    index === 0
      ? `export const use${pascal(name)} = () => { const queries = useQueryClient(); return useMutation(orpc.${name}.mutationOptions({ onSuccess: ({ user_id }) => queries.invalidateQueries({ queryKey: orpc.user_profile.key({ input: { user_id } }) }) })); };`
      : `export const use${pascal(name)} = () => useMutation(orpc.${name}.mutationOptions());`,
  )
  .join("\n")}`;
const orpcCall = `
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/fetch";
export const done = createORPCClient(new RPCLink({ url: "/api" })).rename_user({ user_id: 5, name: "Ada" });`;

/** Its contract is a value that pages load, with its schemas. */
const contract = (names) => `
import { initContract } from "@ts-rest/core";
import * as z from "zod";
const User = z.object({ user_id: z.int(), name: z.string() });
const contract = initContract().router({
  userProfile: { method: "GET", path: "/user_profile", query: z.object({ user_id: z.coerce.number() }), responses: { 200: User } },
  ${names.map((name) => `${camel(name)}: { method: "POST", path: "/${name}", body: User, responses: { 200: User } },`).join("\n")}
});`;
const tsRest = (names) => `
import { QueryClient, QueryClientProvider${names.length ? ", useQueryClient" : ""} } from "@tanstack/react-query";
import { initTsrReactQuery } from "@ts-rest/react-query/v5";
${contract(names)}
const tsr = initTsrReactQuery(contract, { baseUrl: "/api" });
export const client = new QueryClient();
export const Provider = QueryClientProvider;
export const TsrProvider = tsr.ReactQueryProvider;
export const useUserProfile = (user_id) => tsr.userProfile.useQuery({ queryKey: ["user_profile", user_id], queryData: { query: { user_id } } });
${names
  .map((name, index) =>
    index === 0
      ? `export const use${pascal(name)} = () => { const queries = useQueryClient(); return tsr.${camel(name)}.useMutation({ onSuccess: ({ body }) => queries.invalidateQueries({ queryKey: ["user_profile", body.user_id] }) }); };`
      : `export const use${pascal(name)} = () => tsr.${camel(name)}.useMutation();`,
  )
  .join("\n")}`;
const tsRestCall = `
import { initClient } from "@ts-rest/core";
${contract(["rename_user"])}
export const done = initClient(contract, { baseUrl: "/api" }).renameUser({ body: { user_id: 5, name: "Ada" } });`;

export const byTypes = [
  { title: "tRPC", call: trpcCall, page: trpc },
  { title: "oRPC", call: orpcCall, page: orpc },
  { title: "ts-rest (zod)", call: tsRestCall, page: tsRest },
];
