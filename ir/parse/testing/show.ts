/** A syntax tree as short text, for tests: one line per top-level node, values as canonical as can be. */
import type * as syntax from "../../model/syntax.js";

export function showDocument(document: syntax.Document): string {
  return document.nodes.map(showNode).join("\n") + (document.whole ? "" : "\n(not whole)");
}

function showNode(node: syntax.Node): string {
  const parts = [
    ...(node.doc === null ? [] : [`/*${node.doc.text}*/`]),
    ...node.ignored.map((code) => `/*ignore ${code}*/`),
    node.name.text === "" ? '""' : node.name.text,
    ...node.args.map(showValue),
    ...node.props.map(({ name, value }) => `${name.text}=${showValue(value)}`),
    ...(node.children === null ? [] : [`{${node.children.map(showNode).join("; ")}}`]),
    ...(node.faulty ? ["(faulty)"] : []),
  ];
  return parts.join(" ");
}

/** Strings as they were written: bare, or in one kind of quotes. */
function showValue({ value, written }: syntax.Value): string {
  switch (value.kind) {
    case "string":
      return written === "bare" ? value.text : JSON.stringify(value.text);
    case "number":
      return written === "keyword" ? value.image : `${value.value}${value.integral ? "" : "f"}`;
    case "boolean":
      return `#${value.value}`;
    case "null":
      return "#null";
  }
}
