/** `type`, `enum` and `error`. */
import { report } from "../diagnostics/catalogue.js";
import type {
  DeclaredError,
  Enum,
  EnumValue,
  Field,
  Name,
  TypeDeclaration,
  TypeExpr,
} from "../model/contract.js";
import type { Node, Value } from "../model/syntax.js";
import { docAmongFields, toDoc } from "./docs.js";
import { lowerFields, lowerInlineFields, parseBroken, uniqueFields } from "./fields.js";
import { toInteger } from "./literals.js";
import { separatorMistake, withoutNameSigns } from "./mistakes.js";
import { pairs } from "./arrows.js";
import { shortOptions } from "./field-options.js";
import { withFieldsInside, withOptionsOutside } from "./misplaced-options.js";
import { brokenType, listOfMistake } from "./spaced-types.js";
import { checkName } from "./names.js";
import {
  checkNode,
  childrenOf,
  propertyOf,
  reportBlock,
  reportValue,
  textArgument,
  textValue,
  type Out,
} from "./nodes.js";
import { lowerShape } from "./shapes.js";
import { bareText, propertyTexts, shorten, valueText } from "./text.js";
import { parseType } from "./type-expression.js";

/** Stands for an argument that is not there. */
const noValue: Value = {
  value: { kind: "null" },
  span: { file: 0, start: 0, end: 0 },
  written: "keyword",
};

/** A struct or an alias, in either form. Null when it has no name or is a known mistake. */
export function lowerType(written: Node, out: Out): TypeDeclaration | null {
  const node = withoutNameSigns(written, out);
  const canonical = canonicalBody(node);
  const name = textArgument(node, 0, "a name", out);
  if (name === null) return null;
  if (canonical !== null) return lowerCanonicalType(node, name, canonical, out);
  checkName(name, "type", "short", out);
  const [, type] = node.args;
  if (type !== undefined && !looksLikeField(type, node)) return lowerAlias(node, name, type, out);
  checkNode(
    node,
    {
      args: 1,
      takes: "one name",
      props: "any",
      block: true,
      help: () => structHelp(node, name),
    },
    out,
  );
  const docNode = docAmongFields(node.children ?? []);
  return {
    kind: "struct",
    name,
    given: null,
    fields: structFields(node, docNode, out),
    form: "short",
    doc: toDoc(node, docNode, out),
    node: node.span,
  };
}

/** Inline fields first, then those of the block. */
function structFields(node: Node, docNode: Node | undefined, out: Out): readonly Field[] {
  const inline = lowerInlineFields(node, node.props, "short", out);
  const block = (node.children ?? []).filter((child) => child !== docNode);
  return uniqueFields([...inline, ...lowerFields(block, out)], "in the type", out);
}

/** `type Profile user_id integer`: the second argument is a field's name, not a type. */
function looksLikeField(second: Value, node: Node): boolean {
  const rest = node.args.slice(1);
  return rest.length > 1 && second.written === "bare" && !isTypeInParts(rest);
}

/** `list<A, B>`, `list of A`: the arguments are one type. */
function isTypeInParts(args: readonly Value[]): boolean {
  return brokenType(args) !== null || /^(list|map|array)$/.test(bareText(args[0] ?? noValue));
}

const inherited =
  "no type extends another: repeat its fields here, or give this type a field of it";

/** For `type A a integer b string`, or for `type B extends A`, which is no field. */
function structHelp(node: Node, name: Name): string {
  const rest = node.args.slice(1);
  if (/^(extends|implements|inherits|from|is|:|<:|&|\+)$/.test(valueText(rest[0] ?? noValue))) {
    return inherited;
  }
  const inputs = pairs(rest);
  if (inputs === null) return "a field is written `name=Type`, or `name Type` in the block";
  const line = ["type", name.text, ...inputs, ...propertyTexts(node)].join(" ");
  return `write \`${shorten(line)}\``;
}

function lowerAlias(node: Node, name: Name, type: Value, out: Out): TypeDeclaration {
  const what = `the type of \`${name.text}\``;
  const rest = node.args.slice(1);
  return {
    kind: "alias",
    name,
    type: lowerAliased(node, rest, type, what, out),
    form: "short",
    doc: toDoc(node, undefined, out),
    node: node.span,
  };
}

function lowerAliased(
  node: Node,
  rest: readonly Value[],
  type: Value,
  what: string,
  out: Out,
): TypeExpr {
  const broken = brokenType(rest);
  if (broken !== null) return parseBroken({ ...node, args: rest }, broken, what, out);
  if (listOfMistake(rest, out)) return { kind: "error", span: type.span };
  reportAliasWithFields(node, valueText(node.args[0] ?? type), out);
  return parseType(type, what, out);
}

/** `type Age integer min=1`, `type B A { x integer }`: what stands for another type is nothing besides. */
function reportAliasWithFields(node: Node, name: string, out: Out): void {
  const [first, ...others] = node.props;
  if (first !== undefined) {
    const isOption = shortOptions.includes(first.name.text);
    const text = propertyTexts(node).join(" ");
    const help = isOption
      ? `an option stands on each field of that type: \`name ${name} ${shorten(text)}\``
      : inherited;
    const label = { span: first.name.span, text: isOption ? "an option" : "a field" };
    const related = others.map((prop) => ({ span: prop.name.span, text: "and this" }));
    const facts = { node: "type", name: shorten(first.name.text) };
    out.push(report("MZ1102", label, facts, { related, help }));
  } else if (node.children !== null) {
    reportBlock(node, inherited, out);
  }
}

/** The child `struct` or `alias` with a block and no argument, which is the canonical form. */
function canonicalBody(node: Node): Node | null {
  const found = node.children?.find(
    ({ name, args, children }) =>
      (name.text === "struct" || name.text === "alias") && args.length === 0 && children !== null,
  );
  return found ?? null;
}

function lowerCanonicalType(node: Node, name: Name, body: Node, out: Out): TypeDeclaration {
  checkNode(node, { args: 1, takes: "one name", block: true }, out);
  checkName(name, "type", "canonical", out);
  const docNode = node.children?.find((child) => child.name.text === "doc");
  for (const child of node.children ?? []) {
    if (child === body || child === docNode) continue;
    const label = { span: child.name.span, text: `beside \`${body.name.text}\`` };
    const facts = { node: child.name.text, where: `beside \`${body.name.text}\`` };
    out.push(report("MZ1101", label, facts, { help: `fields stand in \`${body.name.text}\`` }));
  }
  const doc = toDoc(node, docNode, out);
  const shared = { name, form: "canonical", doc, node: node.span } as const;
  const block = body.children ?? [];
  if (body.name.text === "alias") {
    checkNode(body, { args: 0, takes: "no argument", block: true }, out);
    return { kind: "alias", ...shared, type: lowerShape(body, block, out) };
  }
  checkNode(body, { args: 0, takes: "no argument", props: ["name"], block: true }, out);
  const given = propertyOf(body, "name");
  const fields = uniqueFields(lowerFields(block, out), "in `struct`", out);
  const givenName = given === null ? null : textValue(given.value, "`name`", out);
  return { kind: "struct", ...shared, given: givenName, fields };
}

/** A struct that the plain form does not print, in the full form: `unlisted "Draft" { struct { … } }`. */
export function lowerUnlisted(node: Node, out: Out): TypeDeclaration | null {
  const name = textArgument(node, 0, "a name", out);
  const body = canonicalBody(node);
  if (name === null) return null;
  if (body !== null) return lowerCanonicalType(node, name, body, out);
  const label = { span: node.span, text: "no struct" };
  out.push(report("MZ1108", label, { node: "unlisted", why: "with a `struct`" }));
  return null;
}

// ---- enums

/** Values on the line or in the block, not both. */
export function lowerEnum(written: Node, out: Out): Enum | null {
  const node = withoutNameSigns(written, out);
  const name = textArgument(node, 0, "a name and values", out);
  if (name === null) return null;
  checkName(name, "enum", "short", out);
  if (node.props.length > 0) return lowerNumberedEnum(node, name, out);
  const inline = separatorMistake(node, node.args.slice(1), out) ?? node.args.slice(1);
  checkNode(
    node,
    { args: Infinity, takes: "values", block: true, example: `enum ${name.text} first second` },
    out,
  );
  const children = node.children ?? [];
  const docNode = children.find((child) => child.name.text === "doc" && child.args.length > 0);
  const values = children.filter((child) => child !== docNode);
  if (inline.length > 0 && values.length > 0) {
    reportBlock(node, "the values stand on the line or in the block, not in both", out);
  }
  const lowered = [
    ...inline.flatMap((value) => lowerInlineValue(value, out)),
    ...(inline.length > 0 ? [] : values.flatMap((value) => lowerValueNode(value, out))),
  ];
  return {
    name,
    values: uniqueValues(lowered, name, out),
    doc: toDoc(node, docNode, out),
    node: node.span,
  };
}

/** `enum E a=1 b=2`: values have no numbers. They are read as if they stood without. */
function lowerNumberedEnum(node: Node, name: Name, out: Out): Enum {
  const [first] = node.props;
  const values = [
    ...node.args
      .slice(1)
      .map((value) => ({ value: valueText(value), doc: null, span: value.span })),
    ...node.props.map(({ name: { text, span } }) => ({ value: text, doc: null, span })),
  ].sort((a, b) => a.span.start - b.span.start);
  const help = `write \`${shorten(["enum", name.text, ...values.map(({ value }) => value)].join(" "))}\``;
  if (first !== undefined) {
    const label = { span: first.name.span, text: "a value is a word alone" };
    out.push(report("MZ1102", label, { node: "enum", name: shorten(first.name.text) }, { help }));
  }
  const doc = toDoc(node, undefined, out);
  return { name, values: uniqueValues(values, name, out), doc, node: node.span };
}

function lowerInlineValue(value: Value, out: Out): readonly EnumValue[] {
  const text = textValue(value, "an enum value", out)?.text ?? valueText(value);
  return [{ value: text, doc: null, span: value.span }];
}

function lowerValueNode(node: Node, out: Out): readonly EnumValue[] {
  const name: Value = {
    value: { kind: "string", ...node.name },
    span: node.name.span,
    written: node.quoted ? "quoted" : "bare",
  };
  const values = [name, ...node.args];
  const onLines = ([, ...words]: readonly string[]): string => words.join("; ");
  const meant = separatorMistake(node, values, out, onLines);
  if (meant !== null) return meant.flatMap((value) => lowerInlineValue(value, out));
  const numbered = withoutNumber(node, out);
  if (numbered !== null) return [numbered];
  const example = (node.args.some(isLabel) ? [name] : values).map(valueText).join("; ");
  checkNode(
    node,
    { args: 0, takes: "nothing: one value stands on a line", block: true, example },
    out,
  );
  const found = childrenOf(
    node.children ?? [],
    { where: "in an enum value", once: ["doc"], many: [] },
    out,
  );
  return [{ value: node.name.text, doc: toDoc(node, found[0], out), span: node.name.span }];
}

/** What other languages put behind a value: its number, or how people are shown it. */
function isLabel({ written }: Value): boolean {
  return written !== "bare";
}

/** `admin: 1`, `admin:`, `admin = 1`: a value is a word alone. */
function withoutNumber(node: Node, out: Out): EnumValue | null {
  const [first, ...others] = node.args;
  const hasColon = !node.quoted && /^[^:]+:$/.test(node.name.text);
  const hasEquals = first !== undefined && bareText(first) === "=";
  if (!hasColon && !hasEquals) return null;
  if (!(hasEquals ? others : node.args).every(isLabel)) return null;
  const value = hasColon ? node.name.text.slice(0, -1) : node.name.text;
  const span = hasEquals ? first.span : node.name.span;
  const facts = { sign: hasEquals ? "=" : ":", where: "behind a value" };
  const shown = node.quoted ? JSON.stringify(value) : value;
  out.push(
    report("MZ1109", { span, text: "here" }, facts, { help: `write \`${shorten(shown)}\`` }),
  );
  return { value, doc: toDoc(node, undefined, out), span: node.name.span };
}

function uniqueValues(values: readonly EnumValue[], name: Name, out: Out): readonly EnumValue[] {
  const first = new Map<string, EnumValue>();
  return values.filter((value) => {
    const earlier = first.get(value.value);
    if (earlier === undefined) {
      first.set(value.value, value);
      return true;
    }
    out.push(
      report(
        "MZ2005",
        { span: value.span, text: "again here" },
        { kind: "value", name: value.value, where: `in the enum \`${name.text}\`` },
        { related: [{ span: earlier.span, text: "first here" }], help: "leave one out" },
      ),
    );
    return false;
  });
}

// ---- errors

const errorOptions = ["status", "message"];

export function lowerError(written: Node, out: Out): DeclaredError | null {
  const outside = withOptionsOutside(withoutNameSigns(written, out), errorOptions, out);
  const node = withFieldsInside(outside, errorOptions, out);
  const name = textArgument(node, 0, "a name", out);
  if (name === null) return null;
  checkName(name, "error", "short", out);
  checkNode(
    node,
    {
      args: 1,
      takes: "one name",
      props: errorOptions,
      block: true,
      help: () => errorHelp(node, name),
    },
    out,
  );
  const status = propertyOf(node, "status");
  const message = propertyOf(node, "message");
  const block = node.children ?? [];
  const docNode = docAmongFields(block);
  const fields = lowerFields(
    block.filter((child) => child !== docNode),
    out,
  );
  return {
    name,
    status: status === null ? null : toInteger(status.value, "`status`", statusRange, out),
    message: message === null ? null : messageText(message.value, out),
    fields: uniqueFields(fields, "in the error", out),
    doc: toDoc(node, docNode, out),
    node: node.span,
  };
}

/** `error Boom 500 "it broke"`: the number is the status, what stands in quotes the message. */
function errorHelp(node: Node, name: Name): string {
  const found = node.args.slice(1).map((arg) => {
    if (arg.value.kind === "number") return `status=${valueText(arg)}`;
    return bareText(arg) === "" ? `message=${valueText(arg)}` : null;
  });
  const isClear =
    found.length <= 2 && new Set(found.map((one) => one?.charAt(0))).size === found.length;
  if (found.includes(null) || !isClear) {
    return 'for example `error OutOfStock status=409 message="it is sold out"`';
  }
  return `write \`${shorten(["error", name.text, ...found, ...propertyTexts(node)].join(" "))}\``;
}

const statusRange = { min: 400, max: 599, words: "a whole number from 400 to 599" };

function messageText(value: Value, out: Out): string | null {
  if (value.value.kind === "string") return value.value.text;
  reportValue(value, "`message`", "text", out);
  return null;
}
