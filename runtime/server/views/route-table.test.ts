import fc from "fast-check";
import { compileContract } from "../compiled.js";
import type { RouteSegment, ViewDefinition } from "../definition.js";
import { createRouteTable, type RouteTable } from "./route-table.js";

type Row = readonly [name: string, methods: string, route: readonly RouteSegment[]];

const tableOf = (...rows: readonly Row[]): RouteTable => {
  const views = rows.map(([name, methods, route]): ViewDefinition => ({
    name,
    methods: methods.split(" "),
    route,
    input: [],
  }));
  const bound = { handler: () => () => undefined, predicate: () => () => true };
  const definition = { hash: "", structs: [], errors: [], contexts: [], functions: [], views };
  return createRouteTable(compileContract(definition, bound).views);
};

const id = { param: "id" };
const slug = { param: "slug", takes: "slug" } as const;
const rest = { param: "rest", takes: "path" } as const;

const table = tableOf(
  ["home", "GET", []],
  ["user", "GET", ["users", id]],
  ["new_user", "GET", ["users", "new"]],
  ["create", "POST", ["users", id]],
  ["named", "GET", ["things", slug, "by-name"]],
  ["thing", "GET", ["things", id, "by-id"]],
  ["files", "GET", ["files", rest]],
  ["list", "GET", ["files", "list"]],
  ["probe", "HEAD", ["probe"]],
  ["proto", "GET", ["__proto__", { param: "constructor" }]],
  ["café", "GET", ["café"]],
);

const at = (method: string, path: string): unknown => {
  const found = table.find(method, path);
  return found === null
    ? null
    : [found.view.definition.name, Object.fromEntries(found.params.entries())];
};

test.each([
  ["GET", "/", ["home", {}]],
  ["GET", "/users/5", ["user", { id: ["5"] }]],
  ["GET", "/users/5/", ["user", { id: ["5"] }]],
  ["HEAD", "/users/5/", ["user", { id: ["5"] }]],
  ["GET", "/users/new", ["new_user", {}]],
  ["POST", "/users/new", ["create", { id: ["new"] }]],
  ["GET", "/things/a-b_1/by-name", ["named", { slug: ["a-b_1"] }]],
  ["GET", "/things/a-b_1/by-id", ["thing", { id: ["a-b_1"] }]],
  ["GET", "/things/a.b/by-id", ["thing", { id: ["a.b"] }]],
  ["GET", "/files/list", ["list", {}]],
  ["GET", "/files/list/x", ["files", { rest: ["list/x"] }]],
  ["GET", "/files/a/b.c/d/", ["files", { rest: ["a/b.c/d"] }]],
  ["GET", "/files/a%2Fb", ["files", { rest: ["a/b"] }]],
  ["GET", "/users/a%2Fb", ["user", { id: ["a/b"] }]],
  ["GET", "/users/%C3%A9%20%2B+", ["user", { id: ["é ++"] }]],
  ["GET", "/users/100%", ["user", { id: ["100%"] }]],
  ["GET", "/caf%C3%A9/", ["café", {}]],
  ["HEAD", "/probe", ["probe", {}]],
  ["GET", "/__proto__/constructor", ["proto", { constructor: ["constructor"] }]],
])("%s %s", (method, path, expected) => {
  expect(at(method, path)).toEqual(expected);
});

test.each([
  ["GET", "/Users/5"],
  ["GET", "/users"],
  ["GET", "/users/5/6"],
  ["GET", "/users//"],
  ["GET", "//users/5"],
  ["GET", "//"],
  ["GET", ""],
  ["GET", "*"],
  ["GET", "users/5"],
  ["DELETE", "/users/5"],
  ["OPTIONS", "/users/5"],
  ["GET", "/probe"],
  ["__proto__", "/users/5"],
  ["GET", "/things/a.b/by-name"],
  ["GET", "/files/"],
  ["GET", "/files//etc/passwd"],
  ["GET", "/files/a//b"],
  ["GET", "/files/../secret"],
  ["GET", "/files/%2e%2e/secret"],
  ["GET", "/files/.%2E/secret"],
  ["GET", "/files/a%2f..%2f..%2fsecret"],
  ["GET", "/files/..%5Csecret"],
  ["GET", "/files/./a"],
  ["GET", "/files/%2Fetc/passwd"],
  ["GET", "/users/%2Fetc"],
  ["GET", "/users/.."],
  ["GET", "/users/%2e"],
  ["GET", "/users/a%00b"],
  ["GET", "/users/%ff"],
  ["GET", "/users/%c0%ae%c0%ae"],
  ["GET", "/users/%ed%a0%80"],
  ["GET", "/constructor/x"],
  ["GET", "/toString"],
])("%s %s is no view's", (method, path) => {
  expect(table.find(method, path)).toBeNull();
});

test("the methods at a path", () => {
  expect(table.methodsAt("/users/5")).toEqual(["GET", "HEAD", "POST"]);
  expect(table.methodsAt("/probe/")).toEqual(["HEAD"]);
  expect(table.methodsAt("/users/..")).toEqual([]);
  expect(table.methodsAt("/nowhere")).toEqual([]);
  expect(tableOf().methodsAt("/")).toEqual([]);
  expect(tableOf().find("GET", "/")).toBeNull();
});

test("the longest path that a server takes in is looked at once", () => {
  const wide = tableOf(
    ["deep", "GET", Array.from({ length: 40 }, (_, n) => ({ param: `p${n}` }))],
    ["rest", "GET", [rest]],
    ["both", "GET", [slug, slug, rest]],
  );
  const long = `/${"a/".repeat(8000)}a`;
  expect(wide.find("GET", long)?.view.definition.name).toBe("both");
  expect(wide.find("GET", `/${"a".repeat(16000)}`)?.params.get("rest")?.[0]).toHaveLength(16000);
});

test("whatever a path is, nothing that is found holds what a file system would misread", () => {
  const piece = fc.constantFrom(
    "a",
    "/",
    ".",
    "..",
    "%2e",
    "%2F",
    "%5c",
    "%00",
    "\\",
    "%",
    "é",
    "%c3",
  );
  const path = fc.array(piece, { maxLength: 14 }).map((pieces) => `/files/${pieces.join("")}`);
  fc.assert(
    fc.property(path, (given) => {
      for (const [value = ""] of table.find("GET", given)?.params.values() ?? []) {
        expect(value).not.toMatch(/(?:^|[/\\])\.{1,2}(?:[/\\]|$)/);
        expect(value).not.toMatch(/\0|^\/|^$/);
      }
    }),
    { seed: 7, numRuns: 2000 },
  );
});
