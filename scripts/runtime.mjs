/**
 * How `@mizan/runtime` is built: declarations and JavaScript by the compiler, then short names for what is
 * internal. No minifier may shorten the name of a property, as it cannot know who else uses it; we do know, and
 * begin those names with an underscore. They are marked as internal too, so no declaration shows them.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transform } from "esbuild";
import { run } from "./setup.mjs";

/** Where code for pages is. */
const FOLDERS = ["client", "react", "wire"];
const INTERNAL = /^_[a-z]/;

/** Writes the package's `dist` to a folder; answers the exit code. */
export async function buildRuntime(dist) {
  rmSync(dist, { recursive: true, force: true });
  const args = ["--no-install", "tsc", "-p", "runtime/tsconfig.json", "--outDir", dist];
  const code = run("npx", args);
  if (code === 0) await shorten(FOLDERS.flatMap((folder) => scriptsIn(join(dist, folder))));
  return code;
}

function scriptsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => join(folder, name));
}

/** One letter per name, the same in all files. */
async function shorten(files) {
  const texts = files.map((file) => readFileSync(file, "utf8"));
  const names = new Set(texts.flatMap((text) => text.match(/(?<![\w$])_[a-z]\w*/g) ?? []));
  const letters = [...names].sort().map((name, index) => [name, (index + 10).toString(36)]);
  if (letters.length > 26) throw new Error("More internal names than letters");
  const options = {
    format: "esm",
    mangleProps: INTERNAL,
    mangleCache: Object.fromEntries(letters),
  };
  for (const [index, file] of files.entries()) {
    writeFileSync(file, (await transform(texts[index], options)).code);
  }
}
