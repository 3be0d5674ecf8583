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

/** The line of a node, without its block. What stands behind an arrow stands behind the properties. */
export function nodeText(node: Node): string {
  const arrow = node.args.findIndex(isArrow);
  const before = arrow < 0 ? node.args : node.args.slice(0, arrow);
  const behind = arrow < 0 ? [] : node.args.slice(arrow);
  const name = node.quoted ? JSON.stringify(node.name.text) : node.name.text;
  return [name, ...before.map(valueText), ...propertyTexts(node), ...behind.map(valueText)].join(
    " ",
  );
}

/** The properties of a node, each as `name=value`. */
export function propertyTexts(node: Node): readonly string[] {
  return node.props.map((prop) => `${prop.name.text}=${valueText(prop.value)}`);
}

/** At most so much of a text as fits a message. */
export function shorten(text: string): string {
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}

/** The text of a value without quotes; empty for any other value, and for none. */
export function bareText(value: Value | undefined): string {
  return value?.written === "bare" && value.value.kind === "string" ? value.value.text : "";
}

/** Whether a value is the arrow before an output, which may stand in quotes. */
export function isArrow({ value }: Value): boolean {
  return value.kind === "string" && value.text === "->";
}

/** A value with another text in its place. */
export function asText(value: Value, text: string): Value {
  return { ...value, value: { kind: "string", text } };
}
