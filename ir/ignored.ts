/** `// mizan-ignore MZ5004` above a node silences that warning there, in the node and all that it holds. */
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import type { Document, Node } from "./model/syntax.js";

/** The diagnostics that no comment silences. Errors cannot be silenced. */
export function withoutIgnored(
  diagnostics: readonly Diagnostic[],
  documents: readonly Document[],
): readonly Diagnostic[] {
  if (!diagnostics.some(({ severity }) => severity === "warning")) return diagnostics;
  const silencers: Node[] = [];
  for (const { nodes } of documents) collect(nodes, silencers);
  if (silencers.length === 0) return diagnostics;
  return diagnostics.filter(
    ({ severity, code, primary }) =>
      severity === "error" ||
      primary === null ||
      !silencers.some(
        ({ ignored, span }) =>
          ignored.includes(code) &&
          span.file === primary.span.file &&
          span.start <= primary.span.start &&
          primary.span.end <= span.end,
      ),
  );
}

/** Nodes nest no deeper than `parse` lets them. */
function collect(nodes: readonly Node[], found: Node[]): void {
  for (const node of nodes) {
    if (node.ignored.length > 0) found.push(node);
    if (node.children !== null) collect(node.children, found);
  }
}
