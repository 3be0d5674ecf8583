/** What the README shows of tests is a test that runs, about the contract that it shows. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const blocks = [...readme.matchAll(/```(\w+)\n([^]*?)```/g)].map(([, , text]) => text);

test("its test is the one beside this file", () => {
  const text = read("spec/examples/readme/renaming.test.tsx")
    .replace("/** @jest-environment jsdom */\n", "")
    .replaceAll("../../../generated/readme/client/", "../mizan/client/");
  expect(blocks).toContain(text);
});

test("its contract is the one that is generated from", () => {
  expect(blocks).toContain(read("spec/conformance/generated/readme/contract.kdl"));
});
