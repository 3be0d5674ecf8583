/** What the README shows of tests is a test that runs, about the contract that it shows; and what it shows of a typo. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { renderPretty } from "../../../cli/report/pretty.js";
import { plainStyle } from "../../../cli/report/style.js";
import { compileForUse } from "../../../ir/compile.js";

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

test("its typo is told as a newcomer sees it, who follows the quick start", () => {
  const starter = read("cli/init/starter/contract/todo.kdl.txt");
  const added = blocks.find((text) => text?.startsWith("function rename_todo"));
  const compiled = (text: string | undefined): string => {
    const file = { id: 0, path: "contract/todo.kdl", text: `${starter}\n${text}` };
    const { diagnostics } = compileForUse([file]);
    return renderPretty(diagnostics, [file], { style: plainStyle, width: 100 });
  };
  expect(compiled(added)).toBe("");
  expect(blocks).toContain(compiled(added?.replace("id integer", "id intger")));
});
