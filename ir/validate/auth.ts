/** Guards: a predicate is a function of the application, so its name must be one that code can use. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Auth } from "../model/canonical.js";
import { isIdentifierName } from "../naming.js";
import { spanKey, type Facts } from "./facts.js";

export function predicatesAreIdentifiers({ canonical }: Facts): readonly Diagnostic[] {
  const guards = [
    ...canonical.contexts,
    ...canonical.functions,
    ...canonical.views,
    ...canonical.channels,
  ].flatMap((node) => (node.auth === null ? [] : [node.auth]));
  // A context's guard is handed down to its functions with its place.
  const once = new Map<number, Auth>(guards.map((guard) => [spanKey(guard.span), guard]));
  return [...once.values()].flatMap((guard) => {
    if (guard.kind !== "predicate" || isIdentifierName(guard.name)) return [];
    return [
      report(
        "MZ4038",
        { span: guard.span, text: "not an identifier" },
        { predicate: guard.name },
        { help: predicateHelp(guard.name) },
      ),
    ];
  });
}

function predicateHelp(name: string): string {
  const repaired = name.replace(/[^\p{ID_Continue}]+/gu, "_").replace(/^(?=\p{Nd})|^_+|_+$/gu, "");
  return isIdentifierName(repaired)
    ? `write \`auth ${repaired}\``
    : "use letters, digits and underscores, beginning with a letter: `auth owns_profile`";
}
