/** `enum`, and the ways in which other languages write its values. */
import { report } from "../diagnostics/catalogue.js";
import type { Enum, EnumValue, Name } from "../model/contract.js";
import type { Node, Value } from "../model/syntax.js";
import { toDoc } from "./docs.js";
import { separatorMistake, withoutNameSigns } from "./mistakes.js";
import { checkName } from "./names.js";
import { checkNode, childrenOf, reportBlock, textArgument, textValue, type Out } from "./nodes.js";
import { bareText, shorten, valueText } from "./text.js";

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
