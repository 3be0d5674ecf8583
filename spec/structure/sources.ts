/** The project's own source files, as text, for suites that hold the structure to its rules. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

const root = join(__dirname, "../..");
const passedOver = new Set(["node_modules", "dist", ".git"]);

export type Source = {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** What it imports, as written. */
  readonly imports: readonly string[];
};

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (passedOver.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

/** Tests, and what only our own tests use; `runtime/testing` and what is generated for it are others' to use. */
const isOfTests = (path: string): boolean =>
  /\.(test|test-d)\.tsx?$|^(cli|ir)\/(.+\/)?testing\/|\/support\//.test(path);

/** Every TypeScript file below a top-level folder; tests only when asked for. */
export function sourcesOf(
  folder: string,
  options: { tests: boolean } = { tests: false },
): Source[] {
  const found: Source[] = [];
  for (const file of walk(join(root, folder))) {
    if (!/\.tsx?$/.test(file)) continue;
    if (!options.tests && isOfTests(relative(root, file))) continue;
    const text = readFileSync(file, "utf8");
    const imports = [...text.matchAll(/^\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"/gm)].map(
      (match) => match[1] ?? "",
    );
    imports.push(
      ...[...text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g)].map((match) => match[1] ?? ""),
    );
    found.push({ path: relative(root, file).split(sep).join("/"), text, imports });
  }
  return found;
}

/** A relative import as a path from the root; anything else as it is. */
export function resolveImport(source: Source, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const parts = source.path.split("/").slice(0, -1);
  for (const part of specifier.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}
