/**
 * Options of fields where they do not belong: behind the type without `=`, and among inline fields. What was
 * meant is shown where the words say it for certain; otherwise the form of an option is.
 */
import { report } from "../diagnostics/catalogue.js";
import { nearest } from "../diagnostics/did-you-mean.js";
import { constraintNames, type TypeExpr } from "../model/contract.js";
import type { Node, Property, Value } from "../model/syntax.js";
import { isAnyType, nullable } from "./foreign-types.js";
import type { Out } from "./nodes.js";
import { bareText, nodeText, propertyTexts, shorten, valueText } from "./text.js";
import { parseType } from "./type-expression.js";

export const fieldOptions = ["default", "required", "deprecated"];
export const shortOptions: readonly string[] = [...fieldOptions, ...constraintNames];

const form =
  "an option of a field is written `name=value`: `default`, `required`, `deprecated`, or a constraint such as `max-length`";

/** The help for a field with something behind its type: `a string optional`, `a string min-length:1`. */
export function fieldHelp(node: Node): string {
  const [first, ...rest] = node.args;
  let type = first === undefined ? "string" : valueText(first);
  const found: string[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at];
    if (word === undefined) break;
    const text = bareText(word);
    const next = rest[at + 1];
    if (/^not$/i.test(text) && next !== undefined && /^null$/i.test(bareText(next))) {
      at++;
    } else if (/^(optional|nullable|null)$/i.test(text) || word.value.kind === "null") {
      type = nullable(type);
    } else if (/^(required|mandatory|not_?null)$/i.test(text)) {
      // Any other type is required already.
      if (type.endsWith("?")) found.push("required=#true");
    } else if (text === "deprecated") {
      found.push("deprecated=#true");
    } else if (fits(type, word)) {
      found.push(`default=${valueText(word)}`);
    } else {
      const option = toOption(type, text, next);
      if (option === null) return form;
      found.push(option.text);
      at += option.taken;
    }
  }
  const line = [node.name.text, shorten(type), ...propertyTexts(node), ...found].join(" ");
  return `write \`${line}\``;
}

/** `min-length:1`, `min-length: 1`, `minLength 1`. */
function toOption(
  type: string,
  text: string,
  next: Value | undefined,
): { text: string; taken: number } | null {
  const [, written = "", sign = "", glued = ""] = /^([A-Za-z_-]+)(:?)(.*)$/.exec(text) ?? [];
  const name = shortOptions.includes(written) ? written : nearest(written, shortOptions);
  if (name === null) return null;
  if (glued !== "" && sign !== ":") return null;
  if (glued === "" && next === undefined) return null;
  const value = glued !== "" || next === undefined ? glued : shorten(valueText(next));
  // A number is no text.
  const isText = name === "default" && /^string\??$/.test(type) && /^[-\d]/.test(value);
  return { text: `${name}=${isText ? JSON.stringify(value) : value}`, taken: glued === "" ? 1 : 0 };
}

/** Whether a literal can hardly be anything but a default of the type. */
function fits(type: string, { value, written }: Value): boolean {
  switch (type.replace(/\?$/, "")) {
    case "integer":
      return value.kind === "number" && value.integral;
    case "number":
      return value.kind === "number";
    case "boolean":
      return value.kind === "boolean";
    case "string":
      return value.kind === "string" && written !== "bare";
    default:
      return false;
  }
}

/**
 * `type A name=string min-length=1`: options among inline fields, which have none. They are reported together,
 * with the field that they follow in the block. Answers with the fields.
 */
export function withoutInlineOptions(
  node: Node,
  props: readonly Property[],
  out: Out,
): readonly Property[] {
  if (!props.some(isFieldOption)) return props;
  const [first, ...others] = props.filter(isFieldOption);
  if (first === undefined) return props;
  const facts = { node: node.name.text, name: shorten(first.name.text) };
  const label = { span: first.name.span, text: "an option of a field" };
  const related = others.map(({ name }) => ({ span: name.span, text: "and this" }));
  out.push(report("MZ1102", label, facts, { related, help: inlineHelp(node, props) }));
  return props.filter((prop) => !isFieldOption(prop));
}

/** Whether a property is no field: its name is an option's and its value no type. */
function isFieldOption({ name: { text }, value }: Property): boolean {
  if (value.value.kind === "number" || value.value.kind === "boolean") {
    return shortOptions.includes(text) || nearest(text, shortOptions) !== null;
  }
  return shortOptions.includes(text) && (text.includes("-") || !isTypeLike(value));
}

/** Whether a value can hardly be anything but a type. */
export function isTypeLike(value: Value): boolean {
  if (value.value.kind !== "string") return false;
  const problems: Out = [];
  const type = parseType(value, "", problems);
  return problems.length === 0 && hasTypeNames(type);
}

function hasTypeNames(type: TypeExpr): boolean {
  switch (type.kind) {
    case "scalar":
    case "list":
    case "map":
      return true;
    case "name":
      return isAnyType(type.name);
    case "optional":
      // No word has the mark; a pattern may, and is no name.
      return type.inner.kind === "name" ? /^\w+$/.test(type.inner.name) : hasTypeNames(type.inner);
    case "union":
      return type.members.every(hasTypeNames);
    case "enum":
    case "error":
      return false;
  }
}

/** The fields up to the first with options stay where they are, so that all keep their order. */
function inlineHelp(node: Node, props: readonly Property[]): string {
  const lines: string[] = [];
  const inline: Property[] = [];
  props.forEach((prop, at) => {
    const next = props[at + 1];
    const value = valueText(prop.value);
    if (isFieldOption(prop)) {
      const name = nearest(prop.name.text, shortOptions);
      const option = shortOptions.includes(prop.name.text) ? prop.name.text : name;
      lines.push(`${lines.pop() ?? "name string"} ${option}=${value}`);
    } else if (lines.length > 0 || (next !== undefined && isFieldOption(next))) {
      lines.push(`${prop.name.text} ${value}`);
    } else {
      inline.push(prop);
    }
  });
  const fields = lines.join("; ");
  const isInput = node.name.text === "function" || node.name.text === "view";
  const block = isInput ? `input { ${fields} }` : fields;
  const [before] = props;
  if (node.children !== null || before === undefined || isFieldOption(before)) {
    return `a field with options stands in the block: \`${shorten(block)}\``;
  }
  const others = node.props.filter((prop) => !props.includes(prop));
  return `write \`${shorten(`${nodeText({ ...node, props: [...inline, ...others] })} { ${block} }`)}\``;
}
