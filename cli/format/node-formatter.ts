/**
 * Loads prettier: from the project, so that its version counts, else the one that came with mizan.
 *
 * prettier in one piece takes longer to load than most contracts to generate, and nearly all of it looks for
 * configurations and serves other languages. So it is loaded in one piece only where it has to look for a
 * configuration or to follow options that need it; a sample is confirmed by its core alone.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Formatter, FormatterOptions } from "./formatter.js";

type Format = (text: string, options: FormatterOptions) => Promise<string>;

/** The part of prettier 3 that is used. Version 2 differs in small ways and is not asked for. */
type Prettier = {
  readonly resolveConfig: (
    file: string,
    options: { readonly editorconfig: boolean },
  ) => Promise<FormatterOptions | null>;
  readonly resolveConfigFile: (file: string) => Promise<string | null>;
  readonly format: Format;
  readonly clearConfigCache: () => Promise<void>;
};

type Require = ReturnType<typeof createRequire>;

export async function findNodeFormatter(folder: string): Promise<Formatter | null> {
  return findFrom(join(folder, "package.json")) ?? findFrom(__filename);
}

/** `from`: the file that would import it. */
function findFrom(from: string): Formatter | null {
  const require = createRequire(from);
  const version = versionFrom(require);
  if (version === null || Number.parseInt(version, 10) < 3) return null;
  let whole: Promise<Prettier> | null = null;
  const load = (): Promise<Prettier> => (whole ??= loadWhole(require));
  let core: Format | null = null;
  return {
    version,
    resolveOptions: async (file) =>
      (await (await load()).resolveConfig(file, { editorconfig: true })) ?? {},
    resolveConfigFile: async (file) => (await load()).resolveConfigFile(file),
    async format(text, options) {
      if (whole !== null || options["parser"] !== coreParser || "plugins" in options) {
        return (await load()).format(text, options);
      }
      core ??= loadCore(require);
      return core(text, options);
    },
    forget: async () => (await whole)?.clearConfigCache(),
  };
}

function versionFrom(require: Require): string | null {
  let found: unknown;
  try {
    found = require("prettier/package.json");
  } catch {
    return null;
  }
  return isObject(found) && typeof found["version"] === "string" ? found["version"] : null;
}

async function loadWhole(require: Require): Promise<Prettier> {
  const loaded: unknown = await import(pathToFileURL(require.resolve("prettier")).href);
  const module = isObject(loaded) && isObject(loaded["default"]) ? loaded["default"] : loaded;
  if (!isPrettier(module)) throw new Error("prettier lacks functions that version 3 has");
  return module;
}

/** The one parser of what `loadCore` loads. */
const coreParser = "babel-ts";

function loadCore(require: Require): Format {
  const standalone: unknown = require("prettier/standalone");
  const plugins: unknown[] = [
    require("prettier/plugins/babel"),
    require("prettier/plugins/estree"),
  ];
  if (!hasFormat(standalone)) throw new Error("prettier lacks functions that version 3 has");
  return (text, options) => standalone.format(text, { ...options, plugins });
}

function isPrettier(value: unknown): value is Prettier {
  return (
    hasFormat(value) &&
    ["resolveConfig", "resolveConfigFile", "clearConfigCache"].every(
      (name) => typeof value[name] === "function",
    )
  );
}

function hasFormat(
  value: unknown,
): value is Readonly<Record<string, unknown>> & { format: Format } {
  return isObject(value) && typeof value["format"] === "function";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
