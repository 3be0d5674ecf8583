/** Loads prettier: from the project, so that its version counts, else the one that came with mizan. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Formatter, FormatterOptions } from "./formatter.js";

/** The part of prettier 3 that is used. Version 2 differs in small ways and is not asked for. */
type Prettier = {
  readonly version: string;
  readonly resolveConfig: (
    file: string,
    options: { readonly editorconfig: boolean },
  ) => Promise<FormatterOptions | null>;
  readonly resolveConfigFile: (file: string) => Promise<string | null>;
  readonly format: (text: string, options: FormatterOptions) => Promise<string>;
  readonly clearConfigCache: () => Promise<void>;
};

export async function findNodeFormatter(folder: string): Promise<Formatter | null> {
  const prettier = (await load(join(folder, "package.json"))) ?? (await load(__filename));
  if (prettier === null) return null;
  return {
    version: prettier.version,
    resolveOptions: async (file) =>
      (await prettier.resolveConfig(file, { editorconfig: true })) ?? {},
    resolveConfigFile: (file) => prettier.resolveConfigFile(file),
    format: (text, options) => prettier.format(text, options),
    forget: () => prettier.clearConfigCache(),
  };
}

async function load(from: string): Promise<Prettier | null> {
  let path: string;
  try {
    path = createRequire(from).resolve("prettier");
  } catch {
    return null;
  }
  const loaded: unknown = await import(pathToFileURL(path).href);
  const module = isObject(loaded) && isObject(loaded["default"]) ? loaded["default"] : loaded;
  return isPrettier(module) ? module : null;
}

function isPrettier(value: unknown): value is Prettier {
  return (
    isObject(value) &&
    typeof value["version"] === "string" &&
    Number.parseInt(value["version"], 10) >= 3 &&
    ["resolveConfig", "resolveConfigFile", "format", "clearConfigCache"].every(
      (name) => typeof value[name] === "function",
    )
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
