/**
 * Compiles the templates into `templates/precompiled.ts`, which is committed: the published generator
 * carries no template compiler, reads no template files, and starts faster for it.
 */
import Handlebars from "handlebars";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

export type TemplateSource = { readonly name: string; readonly text: string };

/** Every `.hbs` below `templates/`, by path: `client/types.ts`, `partials/header`. */
export function readTemplates(folder: string): readonly TemplateSource[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".hbs"))
    .map((path) => ({
      name: relative(".", path)
        .split(sep)
        .join("/")
        .replace(/\.hbs$/, ""),
      text: readFileSync(join(folder, path), "utf8"),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The text of `templates/precompiled.ts`. */
export async function precompile(sources: readonly TemplateSource[]): Promise<string> {
  const compiled = sources.map(({ name, text }) => ({
    name,
    code: String(
      Handlebars.precompile(text, {
        strict: true,
        noEscape: true,
        knownHelpersOnly: true,
        knownHelpers: { if: true, each: true, unless: true },
      }),
    ),
  }));
  const entries = (prefix: string, names: (name: string) => string | null) =>
    compiled
      .flatMap(({ name, code }) => {
        const key = names(name);
        return key === null ? [] : [`${JSON.stringify(key)}: ${code},`];
      })
      .join(prefix);
  const module = [
    "// Compiled from templates/**/*.hbs. Do not edit; `npm run bless` writes it anew.",
    "// @ts-nocheck -- Handlebars prints JavaScript",
    "/* eslint-disable */",
    `export const partials = {${entries("\n", (name) =>
      name.startsWith("partials/") ? name.slice("partials/".length) : null,
    )}};`,
    `export const templates = {${entries("\n", (name) => (name.startsWith("partials/") ? null : name))}};`,
  ].join("\n");
  return format(module, { parser: "typescript", plugins: [estree, typescript], printWidth: 100 });
}
