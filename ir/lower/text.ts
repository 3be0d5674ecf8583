/** Syntax back to text, for the corrected line that a diagnostic shows. */
import type { Node, Value } from "../model/syntax.js";

/** A value as somebody would write it. */
export function valueText(value: Value): string {
  const scalar = value.value;
  switch (scalar.kind) {
    case "string":
      return value.written === "bare" ? scalar.text : JSON.stringify(scalar.text);
    case "number":
      return scalar.image;
    case "boolean":
      return scalar.value ? "#true" : "#false";
    case "null":
      return "#null";
  }
}

/** The line of a node, without its block. */
export function nodeText(node: Node): string {
  return [node.name.text, ...node.args.map(valueText), ...propertyTexts(node)].join(" ");
}

/** The properties of a node, each as `name=value`. */
export function propertyTexts(node: Node): readonly string[] {
  return node.props.map((prop) => `${prop.name.text}=${valueText(prop.value)}`);
}

/** At most so much of a text as fits a message. */
export function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}

/** The text of a value without quotes; empty for any other value. */
export function bareText(value: Value): string {
  return value.written === "bare" && value.value.kind === "string" ? value.value.text : "";
}
