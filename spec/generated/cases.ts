/**
 * The contracts whose output is committed under `generated/<case>/{server,client,handlers}`: the generator's
 * own cases, and all conformance contracts that need only what is supported.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileForUse } from "../../ir/compile.js";
import type { Canonical } from "../../ir/model/canonical.js";
import { printWireShape } from "../../ir/print/wire-shape.js";
import { defaultLayout, type Layout } from "../../templates/layout/layout.js";
import { plan, type PlannedFile } from "../../templates/plan.js";

export type Case = {
  readonly name: string;
  /** As the first line of each generated file shows it. */
  readonly contractPath: string;
  readonly canonical: Canonical;
};

/** The layout of this repository's own code. */
export const committedLayout: Layout = { ...defaultLayout, printWidth: 100 };

const folders = ["spec/conformance/generated", "spec/conformance/ir/short-form"];
const documents = "spec/conformance/ir/fixed-points";

/** Contracts with errors are left out: they say what is not supported yet. */
export function readCases(): readonly Case[] {
  const contracts = [
    ...folders.flatMap((folder) =>
      readdirSync(folder).map((name) => ({
        name,
        contractPath: `${folder}/${name}`,
        files: readdirSync(join(folder, name))
          .filter((file) => file.endsWith(".kdl") && file !== "expected.kdl")
          .sort()
          .map((file) => join(folder, name, file)),
      })),
    ),
    ...readdirSync(documents).map((file) => ({
      name: `canonical-${file.replace(/\.kdl$/, "")}`,
      contractPath: `${documents}/${file}`,
      files: [join(documents, file)],
    })),
    {
      name: "wireapp",
      contractPath: "spec/conformance/wire/wireapp.kdl",
      files: ["spec/conformance/wire/wireapp.kdl"],
    },
  ];
  return contracts.flatMap(({ name, contractPath, files }) => {
    const { value, diagnostics } = compileForUse(
      files.map((path, id) => ({ id, path, text: readFileSync(path, "utf8") })),
    );
    const isSound = !diagnostics.some(({ severity }) => severity === "error");
    return isSound ? [{ name, contractPath, canonical: value }] : [];
  });
}

/** Every file of a case, by its path below `generated/<case>/`. */
export function planCase(
  { contractPath, canonical }: Case,
  layout: Layout,
): readonly PlannedFile[] {
  return plan(canonical, {
    contractPath,
    hash: createHash("sha256").update(printWireShape(canonical)).digest("hex").slice(0, 16),
    server: { handlersImport: "../handlers", serverImport: "../server" },
    clients: [{ react: true, testing: true }],
    layout,
  }).value;
}

export function pathOf(file: PlannedFile): string {
  return `${file.target.replace(/:\d+$/, "")}/${file.path}`;
}

/** What lies under `generated/` now, below each case's folder. */
export function committedFiles(): readonly string[] {
  if (!existsSync("generated")) return [];
  return readdirSync("generated", { recursive: true, withFileTypes: true, encoding: "utf8" })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
