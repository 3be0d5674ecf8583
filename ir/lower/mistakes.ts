/**
 * What people write in their first hour, coming from other languages, that is legal KDL and means something
 * else there: `user_id: integer`, `name? string`, `a integer, b string`, `type A = list<string>`. Each gets
 * one diagnostic that shows the corrected text. Whoever finds a mistake here says nothing more about the node.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Name } from "../model/contract.js";
import type { Node, Value } from "../model/syntax.js";
import type { Span } from "../source/source.js";
import type { Out } from "./nodes.js";
import { closes, opens, withWholeTypes } from "./spaced-types.js";
import { bareText, nodeText, propertyTexts, shorten, valueText } from "./text.js";
import { isScalarName } from "./type-expression.js";

/** What to do about a block where a type should be. */
const nested = "declare a `type` with these fields, and write its name here";

/**
 * Whether the line of a field is one of the known mistakes, which is then reported. Answers with the names of
 * the fields that were meant, or null.
 */
export function fieldMistake(node: Node, out: Out): readonly string[] | null {
  if (isPlainField(node)) return null;
  const name = node.name.text;
  const rest = [...node.args.map(valueText), ...propertyTexts(node)];
  const comma = commaIn(node.args);
  const bare = withoutSigns(name);
  const [only, ...options] = node.props;
  if (only !== undefined && node.args.length === 0 && isTypeWord(only.name.text)) {
    const text = [name, only.name.text, `default=${propertyTexts(node)[0]?.split("=")[1] ?? ""}`];
    const help = `write \`${[...text, ...propertyTexts({ ...node, props: options })].join(" ")}\``;
    sign("=", only.span, "behind a type", help, out);
    return [name];
  }
  const [inner, type] = node.args.map(bareText);
  if (/^(optional|nullable|required|readonly)$/.test(name) && inner && type && !isTypeWord(inner)) {
    const isOptional = /^(optional|nullable)$/.test(name);
    const meant = [inner, isOptional ? nullable(type) : type, ...rest.slice(2)].join(" ");
    const facts = { node: name, expected: "one type", argument: type };
    const label = { span: node.name.span, text: "a word of other languages" };
    out.push(report("MZ1103", label, facts, { help: `write \`${shorten(meant)}\`` }));
    return [inner];
  }
  if (comma !== null && !insideBrackets(node.args)) {
    const parts = [name, ...rest].join(" ").split(",");
    const fields = parts.map((part) => correctedField(part.trim())).filter((part) => part !== "");
    sign(",", comma, "between fields", `write \`${fields.join("; ")}\``, out);
    return fields.map((field) => field.split(" ")[0] ?? field);
  }
  if (name.endsWith(":") && name.length > 1) {
    const meant =
      rest.length === 0 && node.children !== null ? null : correctedField(nodeText(node));
    sign(":", node.name.span, "after a name", meant === null ? nested : `write \`${meant}\``, out);
    return [bare];
  }
  const [colon] = node.args;
  if (colon !== undefined && bareText(colon).startsWith(":")) {
    const meant = nodeText(node)
      .replace(/ : ?|: /, " ")
      .replace(" :", " ");
    sign(":", colon.span, "after a name", `write \`${meant}\``, out);
    return [name];
  }
  if (name.endsWith("?") && name.length > 1) {
    const [type = "string"] = rest;
    const help = `write \`${[bare, nullable(type), ...rest.slice(1)].join(" ")}\``;
    sign("?", node.name.span, "on a name: the type is nullable", help, out);
    return [bare];
  }
  return null;
}

/** Whether a word can hardly be anything but a type. */
function isTypeWord(text: string): boolean {
  return isScalarName(text.replace(/\?$/, "")) || /^[A-Z]|[<>?|]/.test(text);
}

/**
 * `type A = list<string>` and `enum E = red`, which KDL reads as a property of a node without a name, and
 * `type A: list<string>`. Answers with the node as it was meant, or as it is.
 */
export function withoutNameSigns(node: Node, out: Out): Node {
  return withoutEquals(withoutColon(withArrow(withWholeTypes(node), out), out), out);
}

/**
 * `function f: T`, `function f-> T`, `function f => T`: an arrow that is missing, or not by itself. Answers
 * with the node as it was meant, or as it is.
 */
function withArrow(node: Node, out: Out): Node {
  const [name, ...rest] = node.args;
  if (node.name.text !== "function" || name === undefined) return node;
  if (rest.some((arg) => bareText(arg) === "->")) return node;
  const [, bare, glued] = /^([^:>-]+)(?::|->)(.*)$/.exec(bareText(name)) ?? [];
  const [prop, ...props] = node.props;
  const isFat = prop !== undefined && prop.name.span.end < prop.value.span.start;
  const arrow = (span: Span): Value => ({
    value: { kind: "string", text: "->" },
    span,
    written: "bare",
  });
  let meant: Node;
  const typed = node.props.findLastIndex(({ span }) => span.end <= (rest[0]?.span.start ?? 0));
  const colon = node.props[typed];
  if (colon !== undefined && /^[^:]+:$/.test(bareText(colon.value))) {
    const value = asText(colon.value, bareText(colon.value).slice(0, -1));
    const props = node.props.with(typed, { ...colon, value });
    meant = { ...node, props, args: [name, arrow(colon.value.span), ...rest] };
  } else if (bare !== undefined && (glued !== "" || rest.length > 0)) {
    const types = glued === undefined || glued === "" ? rest : [asText(name, glued), ...rest];
    meant = { ...node, args: [asText(name, bare), arrow(name.span), ...types] };
  } else if (isFat && bareText(prop.value) === ">" && name.span.start > prop.span.start) {
    const named: Value = {
      value: { kind: "string", ...prop.name },
      span: prop.name.span,
      written: "bare",
    };
    meant = { ...node, args: [named, arrow(prop.value.span), ...node.args], props };
  } else {
    return node;
  }
  const [named, ...output] = meant.args.map(valueText);
  const line = [node.name.text, named, ...propertyTexts(meant), ...output].join(" ");
  const help = `write \`${shorten(line)}\``;
  const span = meant.args[1]?.span ?? node.span;
  out.push(report("MZ1110", { span, text: "no arrow by itself" }, {}, { help }));
  return meant;
}

function asText(value: Value, text: string): Value {
  return { ...value, value: { kind: "string", text } };
}

function withoutEquals(node: Node, out: Out): Node {
  const [prop, ...props] = node.props;
  if (prop === undefined || node.args.some(({ span }) => span.start < prop.span.start)) return node;
  if (!/^[A-Z]/.test(prop.name.text)) return node;
  const name: Value = {
    value: { kind: "string", ...prop.name },
    span: prop.name.span,
    written: "bare",
  };
  const meant: Node = { ...node, args: [name, prop.value, ...node.args], props };
  const help = `write \`${nodeText(meant)}\``;
  sign("=", prop.span, `after the name of ${article(node.name.text)}`, help, out);
  return meant;
}

function withoutColon(node: Node, out: Out): Node {
  const [name, ...rest] = node.args;
  if (name?.value.kind !== "string" || name.written !== "bare") return node;
  if (!/^[^:]+:+$/.test(name.value.text)) return node;
  const text = withoutSigns(name.value.text);
  const meant: Node = { ...node, args: [{ ...name, value: { kind: "string", text } }, ...rest] };
  sign(":", name.span, "after a name", `write \`${nodeText(meant)}\``, out);
  return meant;
}

/**
 * `enum E red,blue`, `enum E red|blue`, `errors A, B`: signs between words that are separated by spaces.
 * Answers with the words as they were meant, or null where there is no such sign.
 */
export function separatorMistake(
  node: Node,
  values: readonly Value[],
  out: Out,
  correct = (words: readonly string[]): string => words.join(" "),
): readonly Value[] | null {
  const found = values.find((value) => bareText(value).search(/[,|]/) >= 0);
  if (found === undefined) return null;
  const words = nodeText(node).split(/[\s,|]+/);
  const help = `write \`${correct(words.filter((word) => word !== ""))}\``;
  const [separator = ","] = /[,|]/.exec(bareText(found)) ?? [];
  sign(separator, found.span, "between names: a space is enough", help, out);
  return values.flatMap((value) => {
    if (bareText(value) === "") return [value];
    const parts = bareText(value).split(/[,|]/);
    return parts
      .filter((part) => part !== "")
      .map((text): Value => ({ ...value, value: { kind: "string", text } }));
  });
}

/** `a=integer, b=string` on one line: the comma sticks to the type. */
export function inlineCommaMistake(node: Node, name: Name, type: Value, out: Out): boolean {
  if (type.value.kind !== "string" || type.written !== "bare") return false;
  const text = type.value.text;
  const trimmed = text.replace(/,+$/, "");
  if (trimmed === text || trimmed === "" || opens(trimmed) !== closes(trimmed)) return false;
  const help = `write \`${nodeText(node).replaceAll(/,(?=\s|$)/g, "")}\``;
  sign(",", type.span, `behind \`${name.text}=${trimmed}\``, help, out);
  return true;
}

function sign(what: string, span: Span, where: string, help: string, out: Out): void {
  out.push(
    report("MZ1109", { span, text: "here" }, { sign: what, where }, { help: shorten(help) }),
  );
}

/** The first bare argument with a comma. */
/** A name and a type, with nothing in them that any of the mistakes has. */
function isPlainField({ name, args: [type, ...others] }: Node): boolean {
  if (type === undefined || others.length > 0) return false;
  return !/[:?]$/.test(name.text) && !/^:|,/.test(bareText(type));
}

function commaIn(values: readonly Value[]): Span | null {
  return values.find((value) => bareText(value).includes(","))?.span ?? null;
}

function insideBrackets(values: readonly Value[]): boolean {
  const before = values.map(valueText).join(" ").split(",")[0] ?? "";
  return opens(before) > closes(before);
}

function correctedField(text: string): string {
  const [name = "", ...rest] = text.split(/\s+/);
  if (!name.endsWith("?") && !name.endsWith("?:")) return [withoutSigns(name), ...rest].join(" ");
  const [type = "string", ...others] = rest;
  return [withoutSigns(name), nullable(type), ...others].join(" ");
}

function withoutSigns(name: string): string {
  return name.replace(/[:?,]+$/, "");
}

function nullable(type: string): string {
  return type.endsWith("?") ? type : type.includes("|") ? `${type}|null` : `${type}?`;
}

function article(node: string): string {
  return /^[aeiou]/.test(node) ? `an ${node}` : `a ${node}`;
}
