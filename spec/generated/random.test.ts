/** Contracts that hold the language's rules at random: what is generated for them compiles, and is laid out right. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { compileForUse } from "../../ir/compile.js";
import { randomContract, renderContract } from "../support/random-contract.js";
import { committedLayout, pathOf, planCase, type Case } from "./cases.js";

const cases: readonly Case[] = Array.from({ length: 12 }, (_, index) => {
  const contract = randomContract(index + 1, { supported: true });
  const { value, diagnostics } = compileForUse(renderContract(contract, index));
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return { name: `random-${index + 1}`, contractPath: "contract", canonical: value };
});

// Inside the repository, where the compiler finds zod, React and the runtime.
mkdirSync("tmp", { recursive: true });
const folder = mkdtempSync(resolve("tmp/random-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("it compiles under every flag", () => {
  for (const each of cases) {
    for (const file of planCase(each, committedLayout)) {
      const path = join(folder, each.name, pathOf(file));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, file.text);
    }
  }
  const config = join(folder, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({ extends: resolve("spec/generated/tsconfig.nodenext.json"), include: ["."] }),
  );
  const run = (): string =>
    execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", config], {
      encoding: "utf8",
    });
  expect(run()).toBe("");
});

test("prettier leaves it as it is", async () => {
  for (const each of cases.slice(0, 2)) {
    for (const { path, text } of planCase(each, committedLayout)) {
      const options = { ...committedLayout, filepath: path, parser: "typescript" };
      expect(text).toBe(await format(text, { ...options, plugins: [estree, typescript] }));
    }
  }
});
