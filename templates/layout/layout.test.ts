import { defaultLayout, indentation, layoutFromPrettierOptions } from "./layout.js";

test("prettier's options become a layout", () => {
  expect(layoutFromPrettierOptions({})).toEqual(defaultLayout);
  const options = {
    printWidth: 100,
    tabWidth: 4,
    useTabs: true,
    semi: false,
    singleQuote: true,
    quoteProps: "consistent",
    trailingComma: "none",
    bracketSpacing: false,
    arrowParens: "avoid",
    endOfLine: "crlf",
  } as const;
  expect(layoutFromPrettierOptions(options)).toEqual(options);
});

test.each([
  { jsxSingleQuote: true, proseWrap: "always", bracketSameLine: true, experimentalTernaries: true },
  { objectWrap: "collapse", experimentalOperatorPosition: "end", singleAttributePerLine: true },
  { plugins: [], requirePragma: false, insertPragma: false, parser: undefined, filepath: "a.ts" },
])("options that generated code has nothing for change nothing: %j", (options) => {
  expect(layoutFromPrettierOptions(options)).toEqual(defaultLayout);
});

test.each([
  { plugins: ["prettier-plugin-organize-imports"] },
  { insertPragma: true },
  { endOfLine: "auto" },
  { printWidth: "80" },
  { printWidth: Number.POSITIVE_INFINITY },
  { tabWidth: -1 },
  { semi: "yes" },
  { trailingComma: "sometimes" },
  { importOrder: ["^react"] },
  { experimentalOperatorPosition: "start" },
  { rangeStart: 4 },
])("%j is left to prettier itself", (options) => {
  expect(layoutFromPrettierOptions(options)).toBeNull();
});

test("indentation is spaces or tabs", () => {
  expect(indentation({ ...defaultLayout, tabWidth: 3 }, 2)).toBe("      ");
  expect(indentation({ ...defaultLayout, useTabs: true }, 2)).toBe("\t\t");
});
