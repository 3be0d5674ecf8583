/**
 * Clients that are generated: from an OpenAPI document (orval, hey-api) or a proto file (connect), a hundred
 * functions each, of which a page uses some.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  CodeGeneratorRequestSchema,
  CodeGeneratorResponseSchema,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";
import { camel, pascal, take } from "./names.mjs";

const bin = fileURLToPath(new URL("../node_modules/.bin/", import.meta.url));
const ALL = take(100);

function run(command, args, options) {
  const { status, stdout, stderr, error } = spawnSync(join(bin, command), args, options);
  if (status === 0) return stdout;
  throw new Error(`${command}: ${error?.message ?? `${stderr}${stdout}`}`);
}

function openapiDocument() {
  const json = (schema) => ({ "application/json": { schema } });
  const user = { $ref: "#/components/schemas/User" };
  const responses = { 200: { description: "OK", content: json(user) } };
  const read = {
    operationId: "user_profile",
    parameters: [{ name: "user_id", in: "query", required: true, schema: { type: "integer" } }],
    responses,
  };
  const write = (operationId) => ({
    operationId,
    requestBody: { required: true, content: json(user) },
    responses,
  });
  return {
    openapi: "3.1.0",
    info: { title: "Sizes", version: "1" },
    paths: {
      "/user_profile": { get: read },
      ...Object.fromEntries(ALL.map((name) => [`/${name}`, { post: write(name) }])),
    },
    components: {
      schemas: {
        User: {
          type: "object",
          required: ["user_id", "name"],
          properties: { user_id: { type: "integer" }, name: { type: "string" } },
        },
      },
    },
  };
}

/** https://orval.dev/reference/configuration/output, with its rules of what a mutation makes stale. */
function generateOrval(folder, document) {
  const config = {
    sizes: {
      input: { target: document },
      output: {
        mode: "single",
        target: join(folder, "orval.ts"),
        client: "react-query",
        httpClient: "fetch",
        override: {
          fetch: { includeHttpResponseReturnType: false },
          query: {
            mutationInvalidates: [{ onMutations: ["renameUser"], invalidates: ["userProfile"] }],
          },
        },
      },
    },
  };
  const file = join(folder, "orval.config.mjs");
  writeFileSync(file, `export default ${JSON.stringify(config)};`);
  run("orval", ["--config", file], { cwd: folder, encoding: "utf8" });
}

/** https://heyapi.dev/openapi-ts/plugins/tanstack-query */
function generateHeyApi(folder, document) {
  const config = {
    input: document,
    output: join(folder, "hey-api"),
    plugins: ["@hey-api/client-fetch", "@tanstack/react-query"],
  };
  const file = join(folder, "openapi-ts.config.mjs");
  writeFileSync(file, `export default ${JSON.stringify(config)};`);
  run("openapi-ts", ["--file", file], { cwd: folder, encoding: "utf8" });
}

/** What `buf generate` hands to its plugin, https://connectrpc.com/docs/web/query/getting-started */
function generateConnect(folder) {
  const field = (name, number, type) => ({
    name,
    jsonName: camel(name),
    number,
    type,
    label: Label.OPTIONAL,
  });
  const message = (name, ...fields) => ({ name, field: fields });
  const method = (name) => ({ name: pascal(name), inputType: ".User", outputType: ".User" });
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: ["sizes.proto"],
    parameter: "target=js",
    protoFile: [
      {
        name: "sizes.proto",
        syntax: "proto3",
        messageType: [
          message("User", field("user_id", 1, Type.INT32), field("name", 2, Type.STRING)),
        ],
        service: [{ name: "Users", method: ["user_profile", ...ALL].map(method) }],
      },
    ],
  });
  const answer = run("protoc-gen-es", [], {
    input: toBinary(CodeGeneratorRequestSchema, request),
  });
  const { file, error } = fromBinary(CodeGeneratorResponseSchema, answer);
  if (error) throw new Error(error);
  for (const { name, content } of file) writeFileSync(join(folder, name), content);
}

const tanstack = (names) => `
import { QueryClient, QueryClientProvider${names} } from "@tanstack/react-query";
export const client = new QueryClient();
export const Provider = QueryClientProvider;`;

const orval = (names) => `
import { useUserProfile, ${names.map((name) => `use${pascal(name)}`)} } from "./orval";
${tanstack("")}
export const app = [useUserProfile, ${names.map((name) => `() => use${pascal(name)}()`)}];`;

const heyApi = (names) => `
import { userProfileOptions, ${names.length ? "userProfileQueryKey," : ""} ${names.map((name) => `${camel(name)}Mutation`)} } from "./hey-api/@tanstack/react-query.gen";
${tanstack(`, useQuery${names.length ? ", useMutation, useQueryClient" : ""}`)}
export const useUserProfile = (user_id) => useQuery(userProfileOptions({ query: { user_id } }));
${names
  .map((name, index) =>
    index === 0
      ? `export const use${pascal(name)} = () => { const queries = useQueryClient(); return useMutation({ ...${camel(name)}Mutation(), onSuccess: ({ user_id }) => queries.invalidateQueries({ queryKey: userProfileQueryKey({ query: { user_id } }) }) }); };`
      : `export const use${pascal(name)} = () => useMutation(${camel(name)}Mutation());`,
  )
  .join("\n")}`;

const connect = (names) => `
import { createConnectTransport } from "@connectrpc/connect-web";
import { TransportProvider, useQuery${names.length ? ", useMutation, createConnectQueryKey" : ""} } from "@connectrpc/connect-query";
import { Users } from "./sizes_pb";
${tanstack(names.length ? ", useQueryClient" : "")}
export const transport = createConnectTransport({ baseUrl: "/api" });
export const Transport = TransportProvider;
export const useUserProfile = (userId) => useQuery(Users.method.userProfile, { userId });
${names
  .map((name, index) =>
    index === 0
      ? `export const use${pascal(name)} = () => { const queries = useQueryClient(); return useMutation(Users.method.${camel(name)}, { onSuccess: ({ userId }) => queries.invalidateQueries({ queryKey: createConnectQueryKey({ schema: Users.method.userProfile, input: { userId }, cardinality: "finite" }) }) }); };`
      : `export const use${pascal(name)} = () => useMutation(Users.method.${camel(name)});`,
  )
  .join("\n")}`;

/** Entries of the folder into which `generate` writes. */
export const byGenerator = [
  {
    title: "orval",
    call: `import { renameUser } from "./orval"; export const done = renameUser({ user_id: 5, name: "Ada" });`,
    page: orval,
  },
  {
    title: "hey-api",
    call: `import { renameUser } from "./hey-api/sdk.gen"; export const done = renameUser({ body: { user_id: 5, name: "Ada" } });`,
    page: heyApi,
  },
  {
    title: "connect-query",
    call: `import { createClient } from "@connectrpc/connect"; import { createConnectTransport } from "@connectrpc/connect-web"; import { Users } from "./sizes_pb"; export const done = createClient(Users, createConnectTransport({ baseUrl: "/api" })).renameUser({ userId: 5, name: "Ada" });`,
    page: connect,
  },
];

export function generate(folder) {
  mkdirSync(folder, { recursive: true });
  const document = openapiDocument();
  generateOrval(folder, document);
  generateHeyApi(folder, document);
  generateConnect(folder);
}
