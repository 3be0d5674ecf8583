/**
 * Options of functions, contexts, views, channels and errors in the wrong place: as properties where they stand
 * in the block, in the block where they are properties. Reported once, and read as if they stood right.
 */
import { report } from "../diagnostics/catalogue.js";
import type { Node, Property } from "../model/syntax.js";
import { isTypeLike } from "./field-options.js";
import type { Out } from "./nodes.js";
import { nodeText, propertyTexts, shorten, valueText } from "./text.js";

/** `function f -> T auth=required`: answers with the node whose options stand in its block. */
export function withOptionsInside(node: Node, options: readonly string[], out: Out): Node {
  if (node.props.length === 0) return node;
  const isOption = ({ name, value }: Property): boolean =>
    (options.includes(name.text) || name.text === "ttl") && !isTypeLike(value);
  const [first, ...others] = node.props.filter(isOption);
  if (first === undefined) return node;
  const found = [first, ...others].flatMap(toOption);
  const meant: Node = { ...node, props: node.props.filter((prop) => !isOption(prop)) };
  const inside = shorten(found.map(nodeText).join("; "));
  const line = shorten(inside === "" ? nodeText(meant) : `${nodeText(meant)} { ${inside} }`);
  const help =
    node.children === null
      ? `write \`${line}\``
      : `options stand in the block: \`{ ${inside}; … }\``;
  const label = { span: first.name.span, text: "an option" };
  const related = others.map(({ name }) => ({ span: name.span, text: "and this" }));
  const facts = { node: node.name.text, name: shorten(first.name.text) };
  out.push(report("MZ1102", label, facts, { related, help }));
  return { ...meant, children: [...(node.children ?? []), ...found] };
}

/** The node that says what a property does; none where `#false` takes it away. */
function toOption({ name, value, span }: Property): readonly Node[] {
  const node: Node = {
    name,
    quoted: false,
    args: [value],
    props: [],
    children: null,
    doc: null,
    ignored: [],
    span,
    faulty: false,
  };
  if (value.value.kind === "boolean") return value.value.value ? [{ ...node, args: [] }] : [];
  if (name.text !== "ttl" && (name.text !== "cache" || value.value.kind !== "number"))
    return [node];
  const ttl = { name: { text: "ttl", span: name.span }, value, span };
  return [{ ...node, name: { text: "cache", span: name.span }, args: [], props: [ttl] }];
}

/**
 * `error Gone { status 410 }`: answers with the node whose options stand on its line. A field of that name has
 * a type, and no number or quoted text.
 */
export function withOptionsOutside(node: Node, options: readonly string[], out: Out): Node {
  const isOption = ({ name, args: [value] }: Node): boolean =>
    value !== undefined &&
    options.includes(name.text) &&
    value.written !== "bare" &&
    !isTypeLike(value);
  const found = (node.children ?? []).filter(isOption);
  const [first, ...others] = found;
  if (first === undefined) return node;
  const props = found.flatMap(({ name, args: [value], span }): readonly Property[] =>
    value === undefined ? [] : [{ name, value, span }],
  );
  const children = (node.children ?? []).filter((child) => !isOption(child));
  const meant: Node = { ...node, props: [...node.props, ...props], children };
  const block = children.length === 0 ? "" : ` { ${children.map(nodeText).join("; ")} }`;
  const help = `write \`${shorten(nodeText(meant) + block)}\``;
  const label = { span: first.name.span, text: "stands on the line" };
  const related = others.map(({ name }) => ({ span: name.span, text: "and this" }));
  const where = `in the block of \`${shorten(node.name.text)}\``;
  out.push(report("MZ1101", label, { node: first.name.text, where }, { related, help }));
  return meant;
}

/** `error Gone user_id=integer`: answers with the node whose fields stand in its block. */
export function withFieldsInside(node: Node, options: readonly string[], out: Out): Node {
  const isField = ({ name, value }: Property): boolean =>
    !options.includes(name.text) && isTypeLike(value);
  const [first, ...others] = node.props.filter(isField);
  if (first === undefined) return node;
  const meant: Node = { ...node, props: node.props.filter((prop) => !isField(prop)) };
  const fields = [first, ...others].map(({ name, value }) => `${name.text} ${valueText(value)}`);
  const inside = [...fields, ...(node.children ?? []).map(nodeText)].join("; ");
  const help = `write \`${shorten(`${nodeText(meant)} { ${inside} }`)}\``;
  const label = { span: first.name.span, text: "a field" };
  const related = others.map(({ name }) => ({ span: name.span, text: "and this" }));
  out.push(
    report("MZ1102", label, { node: node.name.text, name: first.name.text }, { related, help }),
  );
  return { ...meant, children: node.children ?? [] };
}

/** `errors { A; B }`: words in a block that stand on the line. */
export function withWordsOnLine(node: Node, out: Out): Node {
  const words = node.children ?? [];
  const isWord = (child: Node): boolean =>
    child.args.length === 0 && child.props.length === 0 && child.children === null;
  if (node.args.length > 0 || words.length === 0 || !words.every(isWord)) return node;
  const args = words.map(({ name, quoted }) => ({
    value: { kind: "string", text: name.text.replace(/,$/, "") } as const,
    span: name.span,
    written: quoted ? ("quoted" as const) : ("bare" as const),
  }));
  const meant: Node = { ...node, args, children: null };
  const line = [node.name.text, ...args.map(valueText), ...propertyTexts(node)].join(" ");
  const help = `write \`${shorten(line)}\``;
  const facts = { node: node.name.text };
  out.push(report("MZ1107", { span: node.span, text: "has a block" }, facts, { help }));
  return meant;
}
