/**
 * The catalogue of everything Mizan can say about a contract, a configuration or a file, and the only
 * maker of diagnostics. One table per band; a code is stable and never reused.
 *
 *     report("MZ2001", { span, text: "no such context" }, { name: "usr" }, { help: "did you mean `user`?" })
 *
 * Bands: MZ1xxx text and node shape, MZ2xxx names, MZ3xxx types and defaults, MZ4xxx functions, contexts,
 * routes and auth, MZ5xxx invalidation, merge and cache, MZ6xxx planning and writing files, MZ7xxx
 * configuration and host, MZ9xxx our own bug.
 */
import type { Diagnostic, Fix, Label, Severity } from "./diagnostic.js";
import { textCodes } from "./catalogue/text.js";
import { nodeCodes } from "./catalogue/nodes.js";
import { nameCodes } from "./catalogue/names.js";
import { typeCodes } from "./catalogue/types.js";
import { functionCodes } from "./catalogue/functions.js";
import { effectCodes } from "./catalogue/effects.js";
import { writingCodes } from "./catalogue/writing.js";
import { hostCodes } from "./catalogue/host.js";

/** One entry of the catalogue. `message` may hold `{holes}`; the holes become required properties. */
export type CatalogueEntry = {
  /** A sentence-like name in kebab-case: `unknown-context`. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
};

export const catalogue = {
  ...textCodes,
  ...nodeCodes,
  ...nameCodes,
  ...typeCodes,
  ...functionCodes,
  ...effectCodes,
  ...writingCodes,
  ...hostCodes,
} as const;

export type Code = keyof typeof catalogue;

type Holes<Message extends string> = Message extends `${string}{${infer Hole}}${infer Rest}`
  ? Hole | Holes<Rest>
  : never;

/** The values that the message of a code asks for. */
export type Facts<C extends Code> = {
  readonly [Hole in Holes<(typeof catalogue)[C]["message"]>]: string | number;
};

export type Extra = {
  readonly help?: string | null;
  readonly related?: readonly Label[];
  readonly fix?: Fix | null;
};

/** Makes a diagnostic. `primary` is null only where no file is concerned. */
export function report<C extends Code>(
  code: C,
  primary: Label | null,
  facts: Facts<C>,
  extra: Extra = {},
): Diagnostic {
  const entry: CatalogueEntry = catalogue[code];
  const values: Readonly<Record<string, string | number>> = facts;
  return {
    code,
    severity: entry.severity,
    message: entry.message.replace(/\{(\w+)\}/g, (_, hole: string) => String(values[hole])),
    primary,
    related: extra.related ?? [],
    help: extra.help ?? null,
    fix: extra.fix ?? null,
  };
}
