/** Documentation and deprecation, which many nodes may have. */
import type { Deprecation } from "../model/canonical.js";
import type { Node, Value } from "../model/syntax.js";
import { report } from "../diagnostics/catalogue.js";
import { checkNode, reportValue, textArgument, type Out } from "./nodes.js";

/** The `///` lines above a node, or its `doc` child; both at once are reported. */
export function toDoc(node: Node, child: Node | undefined, out: Out): string | null {
  const above = node.doc === null || node.doc.text === "" ? null : node.doc.text;
  if (child === undefined) return above;
  checkNode(child, { args: 1, takes: "one text", example: 'doc "What it is."' }, out);
  const text = textArgument(child, 0, "one text", out);
  if (node.doc !== null && above !== null) {
    out.push(
      report(
        "MZ1106",
        { span: child.name.span, text: "again here" },
        { node: "doc", where: "on one node" },
        { related: [{ span: node.doc.span, text: "first here" }], help: "keep one of the two" },
      ),
    );
    return above;
  }
  return text === null || text.text === "" ? null : text.text;
}

/** The `doc` child of a block of fields, in which `doc string` is a field and `doc "…"` is not. */
export function docAmongFields(nodes: readonly Node[]): Node | undefined {
  return nodes.find((node) => {
    const written = node.args[0]?.written;
    return node.name.text === "doc" && (written === "quoted" || written === "raw");
  });
}

/** `deprecated=#true`, `deprecated="use name"`. */
export function toDeprecation(value: Value, out: Out): Deprecation | null {
  switch (value.value.kind) {
    case "string":
      return { reason: value.value.text === "" ? null : value.value.text };
    case "boolean":
      return value.value.value ? { reason: null } : null;
    case "number":
    case "null":
      reportValue(value, "`deprecated`", "`#true` or a reason in quotes", out);
      return null;
  }
}

/** A child `deprecated` or `deprecated "use name"`. */
export function toDeprecationNode(node: Node, out: Out): Deprecation | null {
  const example = 'deprecated "use the other one"';
  checkNode(node, { args: 1, takes: "a reason in quotes, or nothing", example }, out);
  const [value] = node.args;
  return value === undefined ? { reason: null } : toDeprecation(value, out);
}
