/** `type`: structs and aliases, in either form. */
import { report } from "../diagnostics/catalogue.js";
import type { Field, Name, TypeDeclaration, TypeExpr } from "../model/contract.js";
import type { Node, Value } from "../model/syntax.js";
import { pairs } from "./arrows.js";
import { docAmongFields, toDoc } from "./docs.js";
import { shortOptions } from "./field-options.js";
import { lowerFields, lowerInlineFields, parseBroken, uniqueFields } from "./fields.js";
import { withoutNameSigns } from "./mistakes.js";
import { checkName } from "./names.js";
import { checkNode, propertyOf, reportBlock, textArgument, textValue, type Out } from "./nodes.js";
import { lowerShape } from "./shapes.js";
import { brokenType, listOfMistake } from "./spaced-types.js";
import { bareText, propertyTexts, shorten, valueText } from "./text.js";
import { parseType } from "./type-expression.js";

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

/** `type Profile user_id integer`, `type Order id=integer tot`: the second argument is a field's name, not a type. */
function looksLikeField(second: Value, node: Node): boolean {
  // Behind fields stands another one, which somebody has begun to write.
  const [field] = node.props;
  if (field !== undefined && field.span.start < second.span.start) return true;
  const rest = node.args.slice(1);
  return rest.length > 1 && second.written === "bare" && !isTypeInParts(rest);
}

/** `list<A, B>`, `list of A`: the arguments are one type. */
function isTypeInParts(args: readonly Value[]): boolean {
  return brokenType(args) !== null || /^(list|map|array)$/.test(bareText(args[0]));
}

const inherited =
  "no type extends another: repeat its fields here, or give this type a field of it";

/** For `type A a integer b string`, or for `type B extends A`, which is no field. */
function structHelp(node: Node, name: Name): string {
  const rest = node.args.slice(1);
  if (/^(extends|implements|inherits|from|is|:|<:|&|\+)$/.test(bareText(rest[0]))) {
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
