import { compile } from "../ir/compile.js";
import { defaultLayout } from "./layout/layout.js";
import { plan, type PlannedFile, type PlanOptions } from "./plan.js";

const options: PlanOptions = {
  contractPath: "contract",
  hash: "0123456789abcdef",
  server: { handlersImport: "../../handlers", serverImport: "../mizan/server" },
  clients: [{ react: true, testing: false }],
  layout: defaultLayout,
};

const shop = `
/// A customer.
type Profile { user_id integer; name string; email string? }
type Ledger { secret string }
error UserNotFound status=404 { user_id integer }
error Hidden
context global { function current_user -> Profile? }
context user {
    function user_profile user_id=integer -> Profile
    function user_audit user_id=integer -> Ledger { private }
}
/// Renames a customer.
function rename_user user_id=integer name=string -> Profile { merge user; errors UserNotFound }
function audit.run -> Ledger { private; errors Hidden; affects user all }
`;

function files(text: string, changes: Partial<PlanOptions> = {}): readonly PlannedFile[] {
  const { value, diagnostics } = compile([{ id: 0, path: "a.kdl", text }]);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return plan(value, { ...options, ...changes }).value;
}

function textOf(planned: readonly PlannedFile[], target: string, path: string): string {
  return planned.find((file) => file.target === target && file.path === path)?.text ?? "missing";
}

test("each target has its files", () => {
  const paths = files(shop).map(({ target, kind, path }) => `${target} ${kind} ${path}`);
  expect(paths).toEqual([
    "server generated mizan.ts",
    "server generated handlers.ts",
    "server generated schemas.ts",
    "server generated types.ts",
    "handlers stub audit/run.ts",
    "handlers stub current-user.ts",
    "handlers stub rename-user.ts",
    "handlers stub user-audit.ts",
    "handlers stub user-profile.ts",
    "client:0 generated index.ts",
    "client:0 generated contract.ts",
    "client:0 generated types.ts",
    "client:0 generated functions.ts",
    "client:0 generated contexts/global.ts",
    "client:0 generated contexts/user.ts",
    "client:0 generated react.tsx",
    "client:0 generated schemas.ts",
  ]);
});

test("only the targets that are asked for are planned", () => {
  const targets = (changes: Partial<PlanOptions>) =>
    new Set(files(shop, changes).map(({ target }) => target));
  expect(targets({ server: null })).toEqual(new Set(["client:0"]));
  expect(targets({ clients: [] })).toEqual(new Set(["server", "handlers"]));
  const two = files(shop, {
    server: null,
    clients: [
      { react: false, testing: false },
      { react: true, testing: true },
    ],
  });
  expect(two.filter(({ path }) => path === "react.tsx").map(({ target }) => target)).toEqual([
    "client:1",
  ]);
  expect(textOf(two, "client:0", "index.ts")).not.toContain("react");
  expect(textOf(two, "client:1", "index.ts")).toContain('export * from "./react.js";');
  const ofTests = two.filter(({ path }) => path.startsWith("testing"));
  expect(ofTests.map(({ target, path }) => `${target} ${path}`)).toEqual([
    "client:1 testing.ts",
    "client:1 testing/handlers.ts",
    "client:1 testing/types.ts",
  ]);
  // No page gets a server by accident.
  expect(textOf(two, "client:1", "index.ts")).not.toContain("testing");
});

test("a client knows nothing that is private, and nothing of the server", () => {
  for (const { target, text } of files(shop)) {
    if (target !== "client:0") continue;
    expect(text).not.toMatch(/audit|ledger|hidden/i);
    expect(text).not.toMatch(/\/server|handlers/);
  }
});

test("what tests import knows nothing private either, nor a file of the server", () => {
  const clients = [{ react: false, testing: true }];
  const ofTests = files(shop, { clients }).filter(({ path }) => path.startsWith("testing"));
  expect(ofTests.length).toBe(3);
  for (const { text } of ofTests) {
    expect(text).not.toMatch(/audit|ledger|hidden/i);
    expect(text).not.toMatch(/abi\/v1\/server|"\.\.\/\.\.|zod/);
  }
});

test("generated files import the ABI, zod and their siblings; mizan.ts alone imports handlers", () => {
  for (const { kind, target, path, text } of files(shop)) {
    const sources = [...text.matchAll(/ from "([^"]+)"/g)].map(([, source]) => source ?? "");
    const foreign = sources.filter(
      (source) =>
        !/^@mizan\/runtime\/abi\/v1\/[a-z-]+$/.test(source) &&
        !["zod", "zod/mini"].includes(source) &&
        !/^\.\.?\/(contexts\/)?[a-z-]+\.js$/.test(source),
    );
    const expected =
      kind === "stub"
        ? sources
        : target === "server" && path === "mizan.ts"
          ? sources.filter((source) => source.startsWith("../../handlers/"))
          : [];
    expect([path, foreign]).toEqual([path, expected]);
    expect(new Set(sources).size).toBe(sources.length);
  }
});

test("a stub names its function and its place, and finds the server from any depth", () => {
  const stubs = files(shop).filter((file) => file.kind === "stub");
  expect(stubs.map((stub) => stub.handled)).toEqual([
    "audit.run",
    "current_user",
    "rename_user",
    "user_audit",
    "user_profile",
  ]);
  const [nested, , rename] = stubs;
  expect(nested?.text).toContain('from "../../mizan/server/handlers.js"');
  expect(shop.slice(rename?.span.start, rename?.span.end)).toBe("rename_user");
  expect(rename?.text).toBe(
    `import type { RenameUserHandler } from "../mizan/server/handlers.js";

/** Renames a customer. */
export const renameUser: RenameUserHandler = async ({ user_id, name }, ctx) => {
  throw ctx.notImplemented({ user_id, name });
};
`,
  );
});

test.each([
  ["function f ctx=string a=integer", "async (input, ctx)", "notImplemented(input)"],
  ["function f delete=string a=integer", "async (input, ctx)", "notImplemented(input)"],
  [
    "function f constructor=string",
    "async ({ constructor }, ctx)",
    "notImplemented({ constructor })",
  ],
  ["function f", "async (_input, ctx)", "notImplemented()"],
])("the stub of `%s` takes %s", (text, head, body) => {
  const stub = textOf(files(text), "handlers", "f.ts");
  expect(stub).toContain(head);
  expect(stub).toContain(body);
});

test("the first two lines are the marks of a generated file, whatever the path", () => {
  for (const file of files(shop, { contractPath: "odd\npath\u2028" })) {
    if (file.kind === "stub") continue;
    expect(file.text.split("\n").slice(0, 2)).toEqual([
      "// Generated by mizan from odd path . Do not edit: changes are refused on the next run.",
      "/* eslint-disable */",
    ]);
    expect(file.text.endsWith("\n")).toBe(true);
    expect(file.text).not.toMatch(/\n\n\n|\n\n$| \n/);
  }
});

test("an empty contract makes modules that compile to nothing", () => {
  const planned = files("");
  expect(textOf(planned, "client:0", "functions.ts")).toMatch(/\nexport \{\};\n$/);
  expect(textOf(planned, "client:0", "react.tsx")).toContain("rootProvider(contract)");
});

test.each([
  ["lf", /\r/],
  ["crlf", /(?<!\r)\n/],
  ["cr", /\n/],
] as const)("lines end as the layout asks: %s", (endOfLine, wrong) => {
  for (const { text } of files(shop, { layout: { ...defaultLayout, endOfLine } })) {
    expect(text).not.toMatch(wrong);
  }
});

test("the order of files and declarations changes nothing", () => {
  const nodes = shop.trim().split(/\n(?=\/\/\/|(?<!\/\/\/ .*\n)(?:type|error|context|function) )/);
  const reversed = compile(
    [...nodes].reverse().map((text, id) => ({ id, path: `${id}.kdl`, text })),
  );
  const texts = (planned: readonly PlannedFile[]) => planned.map(({ path, text }) => [path, text]);
  expect(texts(plan(reversed.value, options).value)).toEqual(texts(files(shop)));
});

test("what the contract hides of the language and of the runtime is reached another way", () => {
  const text =
    "type Date { at datetime }\ntype Call { x integer }\ntype Handler { x integer }\nfunction date -> Date\nfunction f -> Call\nfunction field h=Handler";
  const planned = files(text);
  expect(textOf(planned, "server", "types.ts")).toContain("at: string | globalThis.Date;");
  expect(textOf(planned, "client:0", "functions.ts")).toContain("type Call as Call$");
  expect(textOf(planned, "server", "handlers.ts")).toContain("Handler as Handler$");
  expect(textOf(planned, "server", "mizan.ts")).toContain("field as field$");
});
