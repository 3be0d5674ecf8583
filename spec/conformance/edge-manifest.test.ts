/** The edge manifest of several contracts, held to what is committed, to its schema and to its promises. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { compile } from "../../ir/compile.js";
import type { Canonical } from "../../ir/model/canonical.js";
import { printCanonical } from "../../ir/print/canonical.js";
import { printEdgeManifest } from "../../ir/print/edge-manifest.js";
import { printWireShape } from "../../ir/print/wire-shape.js";
import { readCases } from "../generated/cases.js";
import { expectGolden, expectNoOrphans } from "../support/golden.js";
import { randomContract, renderContract } from "../support/random-contract.js";

const folder = join(__dirname, "edge-manifest");
const schema = z.fromJSONSchema(
  JSON.parse(readFileSync(join(__dirname, "../edge-manifest.schema.json"), "utf8")),
);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const manifestOf = (canonical: Canonical): string =>
  printEdgeManifest(canonical, {
    contract: sha256(printCanonical(canonical, { full: true })),
    wire: sha256(printWireShape(canonical)).slice(0, 16),
  });

const chosen = ["empty", "hostile", "shop", "views", "wireapp"];
const cases = readCases().filter(({ name }) => chosen.includes(name));

test("all chosen cases are there", () => {
  expect(cases.map(({ name }) => name).sort()).toEqual(chosen);
  const paths = chosen.map((name) => join(folder, `${name}.json`));
  expectNoOrphans(
    readdirSync(folder).map((name) => join(folder, name)),
    new Set(paths),
  );
});

test.each(cases)("$name", ({ name, canonical }) => {
  const text = manifestOf(canonical);
  expectGolden(join(folder, `${name}.json`), text);
  expect(text).toMatch(/^[\n -~]*$/);
  expect(schema.safeParse(JSON.parse(text)).error).toBeUndefined();
});

const compiled = (text: string): Canonical => {
  const { value, diagnostics } = compile([{ id: 0, path: "a.kdl", text }]);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return value;
};
const contextsOf = (text: string): unknown => JSON.parse(manifestOf(compiled(text))).contexts;

test.each([
  ["open", "context c { function f -> string }", [], true],
  ["open", "context c { function f -> string; auth none }", [], true],
  ["open", "context c { function f -> string; cache ttl=5 }", [], true],
  ["public", "context c { function f -> string; cache public ttl=5 }", [], false],
  ["open", "context c { function f -> string; cache off }", [], true],
  ["guarded", "context c { function f -> string { auth staff } }", ["staff"], true],
  ["guarded", "context c { function f -> string; auth own }", ["own"], true],
  [
    "guarded",
    "context c { function f -> string { auth own }; function g -> string { auth required } }",
    ["own", "required"],
    true,
  ],
  // What nobody in front ever sees decides nothing.
  [
    "open",
    "context c { function f -> string; function g -> string { private; auth staff } }",
    [],
    true,
  ],
])("%s: %s", (access, text, guards, dependsOnUser) => {
  expect(contextsOf(text)).toMatchObject([{ access, guards, dependsOnUser }]);
});

test("the order of declarations does not matter, and private functions leave no trace", () => {
  const a = "context c { function f x=integer -> string; function g -> string }\n";
  const b = "view p { route \"/p\"; context c }\nfunction m x=integer { affects c }\n";
  const hidden = "function h { private; affects c }\n";
  const { mutations, contexts } = JSON.parse(manifestOf(compiled(`${a}${b}${hidden}`)));
  expect(manifestOf(compiled(a + b))).toBe(manifestOf(compiled(b + a)));
  expect(mutations.map(({ name }: { name: string }) => name)).toEqual(["m"]);
  expect(contexts[0].functions).toEqual(["f", "g"]);
});

test("of any contract it fits the schema, twice the same", () => {
  for (let seed = 1; seed <= 15; seed++) {
    const contract = randomContract(seed, { supported: true });
    const [one, two] = [1, 2].map((order) =>
      manifestOf(compile(renderContract(contract, order)).value),
    );
    expect(one).toBe(two);
    expect(schema.safeParse(JSON.parse(one ?? "")).success).toBe(true);
  }
});

test.each<[string, (manifest: Record<string, unknown>) => void]>([
  ["another version", (manifest) => (manifest["version"] = 2)],
  ["a key too many", (manifest) => (manifest["more"] = 1)],
  ["a key too few", (manifest) => delete manifest["wire"]],
  ["an unknown access", (manifest) => (manifest["contexts"] = [{ name: "c", access: "maybe" }])],
])("the schema refuses %s", (_what, change) => {
  const manifest = JSON.parse(manifestOf(compiled("context c { function f -> string }")));
  expect(schema.safeParse(manifest).success).toBe(true);
  change(manifest);
  expect(schema.safeParse(manifest).success).toBe(false);
});
