/** Which prettier configurations can be followed by looking at files, and what is shown to prettier. */
import { isSelfContained, readFormatterConfigs } from "./config-files.js";
import { memoryHost } from "../testing/memory-host.js";
import { findNodeFormatter } from "./node-formatter.js";
import { pieceAt, takeSample } from "./sample.js";

test.each([
  [".prettierrc", '{ "semi": false }', true],
  [".prettierrc", "semi: false\n", true],
  [".prettierrc", "", true],
  [".prettierrc", '"@team/config"', false],
  [".prettierrc", "@team/config\n", false],
  [".prettierrc.json", '{ "plugins": ["x"] }', false],
  [".prettierrc.mjs", "export default {};", false],
  ["prettier.config.ts", "export default {};", false],
  [".prettierrc.toml", "semi = false", true],
  [".editorconfig", "[*]\nindent_size = 4\n", true],
  ["package.json", '{ "devDependencies": { "prettier": "3" } }', true],
  ["package.json", '{ "prettier": { "semi": false } }', true],
  ["package.json", '{ "prettier": "@team/config" }', false],
  ["package.json", "{ broken", false],
  ["package.yaml", "prettier: '@team/config'\n", false],
  ["package.yaml", "prettier:\n  semi: false\n", true],
])("%s with %j says everything itself: %s", (name, text, expected) => {
  expect(isSelfContained(name, text)).toBe(expected);
});

test("looks from the output upward, in folders that do not exist yet as well", () => {
  const { files } = memoryHost({
    files: { "/p/.prettierrc": "{}", "/p/web/.editorconfig": "", "/p/other/.prettierrc": "" },
  });
  const found = readFormatterConfigs(files, ["/p/web/mizan", "/p/src"]);
  expect(found.files.map(({ path }) => path)).toEqual(["/p/web/.editorconfig", "/p/.prettierrc"]);
  expect(found.folders.map(({ path }) => path)).toEqual([
    "/p/web/mizan",
    "/p/web",
    "/p",
    "/",
    "/p/src",
  ]);
});

test("prettier's core is enough to confirm a sample", async () => {
  const formatter = await findNodeFormatter(__dirname);
  if (formatter === null) throw new Error("prettier is not installed");
  expect(formatter.version).toMatch(/^3\./);
  // Jest cannot load prettier as a whole: this would fail.
  const options = { parser: "babel-ts", printWidth: 30, semi: false };
  expect(
    await formatter.format("export const call:Call<A|B,Error>=functionOf ( 'call' )", options),
  ).toBe('export const call: Call<\n  A | B,\n  Error\n> = functionOf("call")\n');
  await formatter.forget();
});

describe("a piece", () => {
  const text =
    'import "a";\n\nexport interface A {\n  a: {\n\n    b: 1;\n  };\n}\n\n/** B. */\nexport const b = 1;\n';

  test.each([
    [0, "export interface A {\n  a: {\n\n    b: 1;\n  };\n}"],
    [20, "/** B. */\nexport const b = 1;"],
    [text.length - 1, "/** B. */\nexport const b = 1;"],
  ])("after %i is whole", (place, expected) => {
    expect(pieceAt(text, place)).toBe(expected);
  });

  test("of a text without seams is the text", () => {
    expect(pieceAt("a\n", 0)).toBe("a");
    expect(pieceAt("", 0)).toBe("");
  });
});

describe("a sample", () => {
  const texts = Array.from({ length: 50 }, (_, index) => ({
    text: Array.from({ length: 20 }, (__, line) => `export const a${index}_${line} = 1;`).join(
      "\n\n",
    ),
  }));

  test("has as many pieces as asked, from all over", () => {
    const sample = takeSample(texts, 12);
    expect(sample).toHaveLength(12);
    const from = new Set(sample.map(({ text }) => /a(\d+)_/.exec(text)?.[1]));
    expect(from.size).toBe(12);
    expect(takeSample(texts, 12)).toEqual(sample);
  });

  test("moves with the output", () => {
    expect(takeSample([...texts, { text: "export {};" }], 12)).not.toEqual(takeSample(texts, 12));
  });

  test("has nothing of nothing, and leaves out what is too large", () => {
    expect(takeSample([], 12)).toEqual([]);
    expect(takeSample([{ text: "" }], 12)).toEqual([]);
    expect(takeSample([{ text: "x".repeat(4000) }], 12)).toEqual([]);
  });
});
