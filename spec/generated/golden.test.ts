/** What is generated for each case is committed, reviewed as a diff, and as prettier would have it. */
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { join, resolve } from "node:path";
import { expectGolden, expectNoOrphans } from "../support/golden.js";
import { defaultLayout, type Layout } from "../../templates/layout/layout.js";
import { committedFiles, committedLayout, pathOf, planCase, readCases } from "./cases.js";

const planned = readCases().map((each) => ({
  name: each.name,
  case: each,
  files: planCase(each, committedLayout),
}));

test("there are cases", () => {
  expect(planned.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["shop", "hostile", "wireapp"]),
  );
  expect(planned.length).toBeGreaterThan(80);
});

test.each(planned)("generated/$name is current", ({ name, files }) => {
  for (const file of files) expectGolden(resolve("generated", name, pathOf(file)), file.text);
});

test("nothing lies under generated/ that no case makes", () => {
  const expected = new Set(
    planned.flatMap(({ name, files }) =>
      files.map((file) => join("generated", name, pathOf(file))),
    ),
  );
  expectNoOrphans(committedFiles(), expected);
});

test("generating twice gives the same bytes", () => {
  for (const { case: each, files } of planned)
    expect(planCase(each, committedLayout)).toEqual(files);
});

const layouts: readonly Layout[] = [
  committedLayout,
  { ...defaultLayout, printWidth: 120, tabWidth: 4, trailingComma: "es5" },
  {
    printWidth: 60,
    tabWidth: 3,
    useTabs: true,
    semi: false,
    singleQuote: true,
    quoteProps: "consistent",
    trailingComma: "none",
    bracketSpacing: false,
    arrowParens: "avoid",
    endOfLine: "crlf",
  },
];

test.each([
  ["shop", 0],
  ["hostile", 1],
  ["hostile", 2],
])("prettier leaves every file of %s as it is, in layout %i", async (name, index) => {
  const layout = layouts[index] ?? committedLayout;
  const found = planned.find((each) => each.name === name);
  const files = found === undefined ? [] : planCase(found.case, layout);
  expect(files.length).toBeGreaterThan(10);
  for (const { path, text } of files) {
    const plugins = [estree, typescript];
    expect(text).toBe(
      await format(text, { ...layout, filepath: path, parser: "typescript", plugins }),
    );
  }
});
