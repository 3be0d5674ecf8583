/**
 * jest's global setup: bundles kdljs, chevrotain and the hundreds of small modules below them into one
 * CommonJS file, once per version. Loading them one by one would cost every test file most of a second.
 *
 * `jest.config.js` maps the modules that the adapter in `ir/parse` imports to the small files written here.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "node_modules/.cache/mizan-kdljs");
const modules = {
  chevrotain: "chevrotain",
  kdljs: "kdljs",
  "kdljs-base": "kdljs/src/parser/base.js",
  "kdljs-tokens": "kdljs/src/parser/tokens.js",
};

/** Where each module is found, as jest's `moduleNameMapper` wants it. */
export const moduleNameMapper = Object.fromEntries(
  Object.entries(modules).map(([name, module]) => [
    `^${module.replaceAll(".", "\\.")}$`,
    join(folder, `${name}.cjs`),
  ]),
);

export default async function bundleKdljs() {
  const versions = ["kdljs", "chevrotain", "esbuild"].map(versionOf).join(" ");
  const stamp = join(folder, "versions.txt");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === versions) return;
  mkdirSync(folder, { recursive: true });
  const { build } = await import("esbuild");
  const unfinished = join(folder, `bundle.${process.pid}.cjs`);
  await build({
    stdin: {
      contents: Object.entries(modules)
        .map(
          ([name, module]) => `export * as ${JSON.stringify(name)} from ${JSON.stringify(module)};`,
        )
        .join("\n"),
      resolveDir: root,
    },
    outfile: unfinished,
    bundle: true,
    format: "cjs",
    platform: "node",
    logLevel: "error",
  });
  // Two runs may do this at once: each file appears whole, the stamp last.
  renameSync(unfinished, join(folder, "bundle.cjs"));
  for (const name of Object.keys(modules)) {
    const text = `module.exports = require("./bundle.cjs")[${JSON.stringify(name)}];\n`;
    writeFileSync(join(folder, `${name}.cjs`), text);
  }
  writeFileSync(stamp, versions);
}

function versionOf(name) {
  const { version } = createRequire(import.meta.url)(
    join(root, "node_modules", name, "package.json"),
  );
  return `${name}@${version}`;
}
