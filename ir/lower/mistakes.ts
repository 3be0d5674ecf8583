/**
 * What people write in their first hour, coming from other languages, that is legal KDL and means something
 * else there: `user_id: integer`, `name? string`, `a integer, b string`, `type A = list<string>`. Each gets
 * one diagnostic that shows the corrected text. Whoever finds a mistake here says nothing more about the node.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Name } from "../model/contract.js";
import type { Node, Property, Value } from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { toSnakeCase } from "./names.js";
import type { Out } from "./nodes.js";
import { withArrow, withoutModifier } from "./arrows.js";
import { closes, opens, withWholeTypes } from "./spaced-types.js";
import { shortOptions } from "./field-options.js";
import { isAnyType, isTypeWord, mayBeType, nullable, ownType } from "./foreign-types.js";
import { asText, bareText, nodeText, propertyTexts, shorten, valueText } from "./text.js";

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
  const reversed = reversedField(node, out);
  if (reversed !== null) return reversed;
  const [only, ...options] = node.props;
  if (only !== undefined && node.args.length === 0 && isTypeWord(only.name.text)) {
    const field = correctedField(`${name} ${only.name.text}`);
    const text = [field, `default=${valueText(only.value)}`];
    const help = `write \`${[...text, ...propertyTexts({ ...node, props: options })].join(" ")}\``;
    sign("=", only.span, "behind a type", help, out);
    return [bare];
  }
  const [equals, given] = node.args;
  if (equals !== undefined && given !== undefined && bareText(equals) === "=") {
    const own = valueText(given).includes(".") ? "number" : "integer";
    const text = valueText(given);
    const help = shortOptions.includes(bare)
      ? `an option stands behind the type of its field: \`name string ${bare}=${text}\``
      : `write \`${bare} ${own} default=${text}\``;
    sign("=", equals.span, "behind the name of a field", help, out);
    return [bare];
  }
  const [inner, type] = node.args.map(bareText);
  if (fieldWords.test(name) && inner && type && !isTypeWord(inner) && isAnyType(type)) {
    const meant = [inner, modified(name, ownType(type)), ...rest.slice(2)].join(" ");
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
    const help = `write \`${correctedField([name, ...rest].join(" "))}\``;
    sign("?", node.name.span, "on a name: the type is nullable", help, out);
    return [bare];
  }
  return null;
}

/** What other languages write before the name of a field. */
const fieldWords = /^(optional|nullable|required|readonly|field|property|var|let|const|column)$/;

function modified(word: string, type: string): string {
  if (word === "required" && type.endsWith("?")) return `${type} required=#true`;
  return /^(optional|nullable)$/.test(word) ? nullable(type) : type;
}

/**
 * Types that are no names of fields, as `date` and `text` are: those stand before a type of the canonical form,
 * which may be called anything.
 */
const neverFields =
  /^(string|integer|boolean|u?int\d*|long|float\d*|double|bool|str|varchar|char)$|^[A-Z]|</;

/**
 * `string name`, `int32 id = 1`, `repeated string tags = 3`: the type before the name, with the number that
 * some languages give each field.
 */
function reversedField(node: Node, out: Out): readonly string[] | null {
  const words = [node.name.text, ...node.args.map(bareText)];
  const isList = words[0] === "repeated";
  const [type = "", name = node.props[0]?.name.text ?? "", ...others] = words.slice(isList ? 1 : 0);
  if (others.length > 0 || !isAnyType(type) || isAnyType(name) || !/^[a-z_]\w*$/i.test(name)) {
    return null;
  }
  const own = isList ? `list<${ownType(type)}>` : ownType(type);
  const [first, ...options] = node.props;
  const given = first?.name.text === name ? first.value : null;
  if (given === null && !isList && !neverFields.test(type)) return null;
  const isNumber = given?.value.kind === "number";
  // A number behind text or a sized type is the field's own number; elsewhere it may be its default.
  const isEither = isNumber && /^(integer|number)$/.test(own) && !/\d$/.test(type);
  const value = given === null || isNumber ? [] : [`default=${valueText(given)}`];
  const left = given === null ? node.props : options;
  const line = [name, own, ...value, ...propertyTexts({ ...node, props: left })].join(" ");
  const { start, file } = node.name.span;
  const end = node.children === null ? node.span.end : node.name.span.end;
  const label = { span: { file, start, end }, text: "the type stands first" };
  const problem = "the name of a field comes first, its type behind it";
  const shown = `\`${shorten(line)}\``;
  const help = isEither ? `${shown}; a default is written \`default=…\`` : `write ${shown}`;
  out.push(report("MZ3002", label, { problem }, { help }));
  return [name];
}

/**
 * `type A = list<string>` and `enum E = red`, which KDL reads as a property of a node without a name, and
 * `type A: list<string>`. Answers with the node as it was meant, or as it is.
 */
export function withoutNameSigns(node: Node, out: Out): Node {
  return withoutEquals(
    withoutColon(withArrow(withoutModifier(withWholeTypes(node), out), out), out),
    out,
  );
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
  const whole = withValuesApart(meant);
  const help = `write \`${nodeText(whole)}\``;
  sign("=", prop.span, `after the name of ${article(node.name.text)}`, help, out);
  return whole;
}

function withoutColon(node: Node, out: Out): Node {
  const [name, ...rest] = node.args;
  if (name?.value.kind !== "string" || name.written !== "bare") return node;
  if (!/^[^:]+:+$/.test(name.value.text)) return node;
  const text = withoutSigns(name.value.text);
  const meant: Node = { ...node, args: [{ ...name, value: { kind: "string", text } }, ...rest] };
  const whole = withValuesApart(meant);
  sign(":", name.span, "after a name", `write \`${nodeText(whole)}\``, out);
  return whole;
}

/** `enum E = a | b`: the signs between the values belong to the same mistake. */
function withValuesApart(node: Node): Node {
  return node.name.text === "enum" ? { ...node, args: node.args.flatMap(splitValue) } : node;
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
  const before = node.args.filter((arg) => !values.includes(arg)).map(valueText);
  const parts = values.flatMap((value) => splitValue(value).map(valueText));
  const words = [node.name.text, ...before, ...parts, ...propertyTexts(node)];
  const help = `write \`${correct(words)}\``;
  const [separator = ","] = /[,|]/.exec(bareText(found)) ?? [];
  sign(separator, found.span, "between names: a space is enough", help, out);
  return values.flatMap(splitValue);
}

/** `red,blue` as two values; what stands in quotes has no separators. */
function splitValue(value: Value): readonly Value[] {
  if (bareText(value) === "") return [value];
  const parts = bareText(value).split(/[\s,|]+/);
  return parts.filter((part) => part !== "").map((text) => asText(value, text));
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

/** `a=integer name?=string`: answers with the field that was meant, or null. */
export function inlineNullable(node: Node, prop: Property, out: Out): Property | null {
  if (!prop.name.text.endsWith("?")) return null;
  const isMark = (text: string): boolean => /^[^?]+\?$/.test(text);
  if (!isMark(prop.name.text)) return null;
  const meant = ({ name, value, span }: Property): Property => {
    const type = asText(value, nullable(valueText(value)));
    return { name: { ...name, text: withoutSigns(name.text) }, value: type, span };
  };
  const props = node.props.map((one) => (isMark(one.name.text) ? meant(one) : one));
  const help = `write \`${nodeText({ ...node, props })}\``;
  sign("?", prop.name.span, "on a name: the type is nullable", help, out);
  return meant(prop);
}

function sign(what: string, span: Span, where: string, help: string, out: Out): void {
  out.push(
    report("MZ1109", { span, text: "here" }, { sign: what, where }, { help: shorten(help) }),
  );
}

/** A name and a type, with nothing in them that any of the mistakes has. */
function isPlainField({ name, args: [type, ...others] }: Node): boolean {
  if (type === undefined || others.length > 0 || mayBeType(name.text)) return false;
  return !/[:?]$|^repeated$/.test(name.text) && !/^:|,/.test(bareText(type));
}

/** The first bare argument with a comma. */
function commaIn(values: readonly Value[]): Span | null {
  return values.find((value) => bareText(value).includes(","))?.span ?? null;
}

function insideBrackets(values: readonly Value[]): boolean {
  const before = values.map(valueText).join(" ").split(",")[0] ?? "";
  return opens(before) > closes(before);
}

/** A line as it was meant: its name without signs and in its case, its type as it is written here. */
function correctedField(text: string): string {
  const [name = "", type, ...others] = text.split(/\s+/);
  const bare = withoutSigns(name);
  const own = /^[\w-]+$/.test(bare) ? toSnakeCase(bare) || bare : bare;
  const isNullable = name.endsWith("?") || name.endsWith("?:");
  if (type === undefined) return isNullable ? `${own} string?` : own;
  return [own, isNullable ? nullable(ownType(type)) : ownType(type), ...others].join(" ");
}

function withoutSigns(name: string): string {
  return name.replace(/[:?,]+$/, "");
}

function article(node: string): string {
  return /^[aeiou]/.test(node) ? `an ${node}` : `a ${node}`;
}
