/** What a function, a view or a channel takes: inline fields, a block, or the name of a struct. */
import { report } from "../diagnostics/catalogue.js";
import type { Field, Message, Name } from "../model/contract.js";
import type { Node, Property } from "../model/syntax.js";
import { lowerFields, lowerInlineFields, uniqueFields } from "./fields.js";
import { withInputBlock } from "./loose-inputs.js";
import { checkNode, textValue, type Out } from "./nodes.js";
import { shorten, valueText } from "./text.js";

export type Input = {
  readonly input: readonly Field[];
  readonly inputType: Name | null;
  readonly inputLost: boolean;
};

/** Inline fields of `node` first, then those of its `input` block. */
export function lowerInput(
  node: Node,
  props: readonly Property[],
  written: Node | undefined,
  where: string,
  out: Out,
): Input {
  const reported = out.length;
  const block = written === undefined ? undefined : withInputBlock(written, out);
  const inline = lowerInlineFields(node, props, "short", out);
  if (block === undefined) {
    return { input: uniqueFields(inline, where, out), inputType: null, inputLost: node.faulty };
  }
  const example = "input { user_id integer }";
  checkNode(block, { args: 1, takes: "a block of fields, or one type", block: true, example }, out);
  const fields = [...inline, ...lowerFields(block.children ?? [], out)];
  return {
    input: uniqueFields(fields, where, out),
    inputType: lowerNamed(block, block.children !== null, "the type of the input", out),
    inputLost: node.faulty || block.faulty || out.length > reported,
  };
}

/** The type that a node names, which says it all: fields of its own are not added to it. */
function lowerNamed(node: Node, hasFields: boolean, what: string, out: Out): Name | null {
  const [named] = node.args;
  if (named === undefined) return null;
  if (!hasFields) return textValue(named, what, out);
  const facts = {
    node: node.name.text,
    expected: "fields, or one type",
    argument: shorten(valueText(named)),
  };
  const help = `write \`${node.name.text} ${shorten(valueText(named))}\` alone, or all fields`;
  out.push(report("MZ1103", { span: named.span, text: "beside fields" }, facts, { help }));
  return null;
}

/** `client text=string`, `server { text string }`, `params "ChatParams"`. */
export function lowerMessage(node: Node, out: Out): Message {
  const example = `${node.name.text} text=string`;
  const takes = "fields, or one type";
  checkNode(node, { args: 1, takes, props: "any", block: true, example }, out);
  const inline = lowerInlineFields(node, node.props, "short", out);
  const fields = [...inline, ...lowerFields(node.children ?? [], out)];
  const hasFields = node.children !== null || inline.length > 0;
  return {
    fields: uniqueFields(fields, `in \`${node.name.text}\``, out),
    type: lowerNamed(node, hasFields, "the type of the message", out),
    span: node.span,
  };
}
