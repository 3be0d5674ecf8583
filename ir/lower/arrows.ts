/**
 * What people write for `function name input=Type -> Type`: arrows of other languages, arrows glued to their
 * neighbours, inputs without `=`, words before the name. Each is reported once, with the line as it was meant
 * where that is certain and with the form where it is not.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Node, Value } from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { isAnyType, isTypeWord, ownType } from "./foreign-types.js";
import type { Out } from "./nodes.js";
import { asText, bareText, isArrow, nodeText, propertyTexts, shorten, valueText } from "./text.js";

/** Words that other languages put before the name of a function. */
const modifiers = /^(async|static|public|export|internal|protected|override|fn|func|def)$/;

/** `function async g -> A`: the name stands behind a word that means nothing here. */
export function withoutModifier(node: Node, out: Out): Node {
  const [word, name, arrow] = node.args;
  if (node.name.text !== "function" || word === undefined || name === undefined) return node;
  if (!modifiers.test(bareText(word)) || !/^[a-z][\w.]*$/i.test(bareText(name))) return node;
  if (isAnyType(bareText(name)) || (arrow !== undefined && !isArrow(arrow))) return node;
  const meant = { ...node, args: node.args.slice(1) };
  const argument = bareText(word);
  const facts = { node: "function", expected: "a name and `-> Type`", argument };
  const help = `write \`${shorten(nodeText(meant))}\``;
  out.push(report("MZ1103", { span: word.span, text: "not expected here" }, facts, { help }));
  return meant;
}

/**
 * `function f: T`, `function f-> T`, `function f => T`: an arrow that is missing, or not by itself. Answers
 * with the node as it was meant, or as it is.
 */
export function withArrow(node: Node, out: Out): Node {
  const [name, ...rest] = node.args;
  if (node.name.text !== "function" || name === undefined) return node;
  if (rest.some(isArrow)) return node;
  const meant = behindInput(node, name, rest) ?? behindName(node, name, rest) ?? fat(node, name);
  if (meant === null) return node;
  const span = meant.args[1]?.span ?? node.span;
  const help = `write \`${shorten(nodeText(meant))}\``;
  out.push(report("MZ1110", { span, text: "no arrow by itself" }, {}, { help }));
  return meant;
}

/** `id=integer: T`, `id=integer->T`, `id=integer-> T`: the sign is glued to an input's type. */
function behindInput(node: Node, name: Value, rest: readonly Value[]): Node | null {
  const next = rest[0]?.span.start ?? Infinity;
  const at = node.props.findLastIndex(({ span }) => span.end <= next);
  const prop = node.props[at];
  const [, type, sign = "", glued = ""] =
    /^([^:]+?)(:|->)(.*)$/.exec(prop === undefined ? "" : bareText(prop.value)) ?? [];
  if (prop === undefined || type === undefined || (glued === "" && rest.length === 0)) return null;
  if (sign === ":" && glued !== "") return null;
  const props = node.props.with(at, { ...prop, value: asText(prop.value, type) });
  const output = glued === "" ? rest : [asText(prop.value, glued), ...rest];
  return { ...node, props, args: [name, arrow(signIn(prop.value, type, sign)), ...output] };
}

/** `f: T`, `f-> T`, `f->T`. */
function behindName(node: Node, name: Value, rest: readonly Value[]): Node | null {
  const [, bare, sign = "", glued = ""] = /^([^:>-]+)(:|->)(.*)$/.exec(bareText(name)) ?? [];
  if (bare === undefined || (glued === "" && rest.length === 0)) return null;
  const output = glued === "" ? rest : [asText(name, glued), ...rest];
  return { ...node, args: [asText(name, bare), arrow(signIn(name, bare, sign)), ...output] };
}

/** `f => T`, which KDL reads as a property of `f` before `T`. */
function fat(node: Node, type: Value): Node | null {
  const [prop, ...props] = node.props;
  if (prop === undefined || prop.name.span.end >= prop.value.span.start) return null;
  if (bareText(prop.value) !== ">" || type.span.start < prop.span.start) return null;
  const { text, span } = prop.name;
  const named: Value = { value: { kind: "string", text }, span, written: "bare" };
  return { ...node, args: [named, arrow(prop.value.span), ...node.args], props };
}

/** The place of a sign behind the beginning of a value, whose text stands there letter by letter. */
function signIn({ span }: Value, before: string, sign: string): Span {
  const start = span.start + before.length;
  return { ...span, start, end: start + sign.length };
}

function arrow(span: Span): Value {
  return { value: { kind: "string", text: "->" }, span, written: "bare" };
}

/** What stands for the arrow elsewhere, alone or glued to the type. */
const arrowLike = /^([-–—=~]+>|→|⇒|:|-+)/;
const arrowWords = /^(returns?|returning|gives|yields|answers)$/;

/** `function f Profile`, `function f ->Profile`, `function f : Profile`, `function f returns Profile`. */
export function reportArrow(node: Node, out: Out): void {
  const [name, ...rest] = node.args;
  const [first] = rest;
  const texts = rest.map(valueText);
  const second = texts[0] ?? "";
  const hasSign = arrowLike.test(second) || arrowWords.test(second);
  const type = [withoutSign(second), ...texts.slice(1)].filter((text) => text !== "").join(" ");
  const label = {
    span: first?.span ?? node.span,
    text: second.startsWith("->") ? "a space is missing" : "no arrow",
  };
  const inputs = hasSign ? null : pairs(rest);
  if (inputs !== null && name !== undefined) {
    const line = [node.name.text, valueText(name), ...inputs, ...propertyTexts(node)].join(" ");
    reportNoInputs(node, rest, `write \`${shorten(line)}\``, out);
    return;
  }
  const line = [node.name.text, ...(name === undefined ? [] : [valueText(name)])];
  const whole = [...line, ...propertyTexts(node), "->", type].join(" ");
  // What is no type would not become one behind an arrow.
  const help =
    type !== "" && (hasSign || isAnyType(second))
      ? `write \`${shorten(whole)}\``
      : "a function is written `function name input=Type -> Type`";
  out.push(report("MZ1110", label, {}, { help }));
}

function withoutSign(text: string): string {
  return arrowWords.test(text) ? "" : text.replace(arrowLike, "");
}

/** `function f user_id: integer -> Profile`: inputs without their signs of equality. */
export function reportInputs(node: Node, arrow: number, out: Out): void {
  const [name, ...words] = node.args.slice(0, arrow);
  if (name === undefined) return;
  const inputs = pairs(words);
  const output = node.args.slice(arrow).map(valueText);
  const line = ["function", valueText(name), ...(inputs ?? []), ...propertyTexts(node), ...output];
  const help =
    inputs === null
      ? "an input is written `name=Type`, and a name has no spaces"
      : `write \`${shorten(line.join(" "))}\``;
  reportNoInputs(node, words, help, out);
}

function reportNoInputs(node: Node, words: readonly Value[], help: string, out: Out): void {
  const [first] = words;
  if (first === undefined) return;
  const argument = shorten(valueText(first));
  const facts = { node: node.name.text, expected: "a name and `-> Type`", argument };
  out.push(report("MZ1103", { span: first.span, text: "not expected here" }, facts, { help }));
}

/** Names and types by turns as inputs are written; null where they are anything else. */
export function pairs(values: readonly Value[]): readonly string[] | null {
  const words = values.flatMap((value) =>
    bareText(value) === ""
      ? [valueText(value)]
      : bareText(value)
          .replace(/[:,]+$/, "")
          .split(":"),
  );
  const found: string[] = [];
  for (let index = 0; index < words.length; index += 2) {
    const [name = "", type = ""] = words.slice(index, index + 2);
    if (!isAnyType(type) || isTypeWord(name)) return null;
    found.push(`${name}=${ownType(type)}`);
  }
  return found.length === 0 ? null : found;
}
