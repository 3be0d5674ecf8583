/** Guards: a predicate is a function of the application, so its name must be one that code can use. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Auth } from "../model/canonical.js";
import { isIdentifierName } from "../naming.js";

/** A context's guard is handed down to its functions with its place, and told once. */
export function predicateIsIdentifier({
  auth,
}: {
  readonly auth: Auth | null;
}): readonly Diagnostic[] {
  if (auth?.kind !== "predicate" || isIdentifierName(auth.name)) return [];
  return [
    report(
      "MZ4038",
      { span: auth.span, text: "not an identifier" },
      { predicate: auth.name },
      { help: predicateHelp(auth.name) },
    ),
  ];
}

function predicateHelp(name: string): string {
  const repaired = name.replace(/[^\p{ID_Continue}]+/gu, "_").replace(/^(?=\p{Nd})|^_+|_+$/gu, "");
  return isIdentifierName(repaired)
    ? `write \`auth ${repaired}\``
    : "use letters, digits and underscores, beginning with a letter: `auth owns_profile`";
}
