/**
 * What names a contract may have together is decided before anything is generated. Here that decision is
 * held against what is generated: a contract that is sound declares nothing twice in a module, exports
 * nothing twice from an `index.ts`, and has no two files at one path; and every name that a generated module
 * exports is one that the decision knows of.
 */
import { compileForUse } from "../../ir/compile.js";
import type { Canonical } from "../../ir/model/canonical.js";
import type { SourceFile } from "../../ir/source/source.js";
import { collectClaims, fixedExports } from "../../ir/validate/claims.js";
import { defaultLayout } from "../../templates/layout/layout.js";
import { plan, type PlannedFile } from "../../templates/plan.js";
import { randomContract, renderContract } from "../support/random-contract.js";

function planOf(canonical: Canonical): readonly PlannedFile[] {
  return plan(canonical, {
    contractPath: "contract",
    hash: "0123456789abcdef",
    server: { handlersImport: "../../handlers", serverImport: "../mizan/server" },
    clients: [{ react: true, testing: true }],
    layout: defaultLayout,
  }).value;
}

/** What a module declares at its top level. */
function declared(text: string): readonly string[] {
  const statements = text.matchAll(
    /^(?:export )?(?:const|function|type|interface) ([\p{ID_Continue}$]+)/gmu,
  );
  return [...statements].map((match) => match[1] ?? "");
}

function exported(text: string): readonly string[] {
  const statements = text.matchAll(
    /^export (?:const|function|type|interface) ([\p{ID_Continue}$]+)/gmu,
  );
  const lists = text.matchAll(/^export \{ ([^}]*) \};?$/gm);
  return [
    ...[...statements].map((match) => match[1] ?? ""),
    ...[...lists].flatMap((match) => (match[1] ?? "").split(", ")),
  ];
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Everything that would not compile, or be lost on a disk. */
function clashes(files: readonly PlannedFile[]): readonly string[] {
  const paths = files.map((file) => `${file.target} ${file.path.toLowerCase()}`);
  const client = files.filter((file) => file.target === "client:0" && isReexported(file));
  return [
    ...repeated(paths).map((path) => `two files at ${path}`),
    ...files.flatMap((file) =>
      repeated(declared(file.text)).map(
        (name) => `${file.target} ${file.path} declares ${name} twice`,
      ),
    ),
    ...repeated(client.flatMap((file) => exported(file.text))).map(
      (name) => `index.ts exports ${name} twice`,
    ),
  ];
}

function isReexported({ path }: PlannedFile): boolean {
  return path.endsWith(".ts") || path.endsWith(".tsx")
    ? path !== "index.ts" && path !== "schemas.ts" && !isOfTests(path)
    : false;
}

/** Modules that stand alone: what they declare may not be declared twice, and meets nothing else. */
const isOfTests = (path: string): boolean => /^testing[./]/.test(path);

/** Input forms are claimed only where a name of the contract could meet one. */
const inputForm = /In(?:Schema)?$/;

/** Names that a client exports and nobody claimed. */
function unclaimed(canonical: Canonical, files: readonly PlannedFile[]): readonly string[] {
  const claimed = new Set(collectClaims(canonical).identifiers.map((claim) => claim.thing));
  return files
    .filter((file) => file.target === "client:0" && file.path !== "index.ts" && !isOfTests(file.path))
    .flatMap((file) => exported(file.text))
    .filter((name) => !claimed.has(name) && !fixedExports.has(name) && !inputForm.test(name));
}

function check(files: readonly SourceFile[]): boolean {
  const { value, diagnostics } = compileForUse(files);
  if (diagnostics.some((diagnostic) => diagnostic.severity === "error")) return false;
  const planned = planOf(value);
  expect(clashes(planned)).toEqual([]);
  expect(unclaimed(value, planned)).toEqual([]);
  return true;
}

test.each([
  [
    "an input with the function's name for it",
    "type FInput a=integer\nfunction f -> boolean { input FInput }",
  ],
  ["an output with the function's name for it", "type FOutput a=integer\nfunction f -> FOutput"],
  ["a nullable output with that name", "type FOutput a=integer\nfunction f -> FOutput?"],
  ["an enum with that name", "enum FOutput a b\nfunction f -> FOutput"],
  ["a list with an item of that name", "type FOutput a=integer\nfunction f -> list<FOutput>"],
  ["an error called as a function", "error F\nfunction f -> boolean { errors F }"],
  ["an error called as an error", "error FError\nfunction g -> boolean { errors FError }"],
  ["an error and a type", "error F\ntype FError a=integer\nfunction g -> FError { errors F }"],
  ["two errors of one type", "error F\nerror FError\nfunction g -> boolean { errors F FError }"],
  ["a context and a function", "context a { function b -> string }\nfunction a_context -> boolean"],
  [
    "a type and its input form",
    "type A a=string?\ntype AIn b=integer\nfunction f a=A -> A\nfunction g -> AIn",
  ],
  ["functions of one name", "function a.b -> boolean\nfunction a_b -> boolean"],
  [
    "a schema called as another",
    "type A a=integer\ntype ASchema a=integer\nfunction f a=A -> ASchema",
  ],
  [
    "reserved words",
    "function delete -> boolean { affects * }\ncontext default { function new -> string }",
  ],
])("%s is refused or generated soundly", (_, text) => {
  check([{ id: 0, path: "a.kdl", text }]);
});

test("random contracts that are sound generate soundly", () => {
  const generated = Array.from({ length: 20 }, (_, seed) =>
    check(renderContract(randomContract(seed, { supported: true }), seed)),
  );
  expect(generated.filter((sound) => sound).length).toBeGreaterThan(10);
});
