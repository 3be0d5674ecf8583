/** Names of the files from which prettier takes its options. The launcher asks for them too. */

const extensions = ["json", "yaml", "yml", "json5", "js", "ts", "mjs", "mts", "cjs", "cts", "toml"];

export const formatterConfigNames: ReadonlySet<string> = new Set([
  "package.json",
  "package.yaml",
  ".editorconfig",
  ".prettierrc",
  ...extensions.map((extension) => `.prettierrc.${extension}`),
  ...["js", "ts", "mjs", "mts", "cjs", "cts"].map((extension) => `prettier.config.${extension}`),
]);
