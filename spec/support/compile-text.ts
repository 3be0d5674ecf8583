/** Compiling contracts that stand in a test, and what came out of it as short texts to compare. */
import { compile, compileToPrint } from "../../ir/compile.js";
import type { Diagnostic, Outcome } from "../../ir/diagnostics/diagnostic.js";
import type { Canonical } from "../../ir/model/canonical.js";
import { printCanonical } from "../../ir/print/canonical.js";
import type { SourceFile } from "../../ir/source/source.js";

export function toFiles(...texts: readonly string[]): readonly SourceFile[] {
  return texts.map((text, id) => ({ id, path: `${id}.kdl`, text }));
}

/** Every problem as `MZ3001 "Profil": did you mean …`, in the order in which they are shown. */
export function problems(...texts: readonly string[]): readonly string[] {
  return compile(toFiles(...texts)).diagnostics.map((found) => describe(found, texts));
}

/** The problems whose severity is an error. */
export function errors(...texts: readonly string[]): readonly string[] {
  return compile(toFiles(...texts))
    .diagnostics.filter(({ severity }) => severity === "error")
    .map((found) => describe(found, texts));
}

function describe({ code, primary, help }: Diagnostic, texts: readonly string[]): string {
  const place =
    primary === null
      ? ""
      : (texts[primary.span.file] ?? "").slice(primary.span.start, primary.span.end);
  return `${code} ${JSON.stringify(place)}${help === null ? "" : `: ${help}`}`;
}

/** The canonical tree of a contract that must be without errors. */
export function sound(...texts: readonly string[]): Canonical {
  return valueOf(compile(toFiles(...texts)), texts);
}

/** The canonical text of a contract that must be without errors, as far as it is to be printed. */
export function canon(texts: readonly string[], full = false): string {
  return printCanonical(valueOf(compileToPrint(toFiles(...texts)), texts), { full });
}

function valueOf({ value, diagnostics }: Outcome<Canonical>, texts: readonly string[]): Canonical {
  const found = diagnostics.filter(({ severity }) => severity === "error");
  if (found.length > 0) throw new Error(found.map((one) => describe(one, texts)).join("\n"));
  return value;
}
