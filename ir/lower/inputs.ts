/** What a function, a view or a channel takes: inline fields, a block, or the name of a struct. */
import type { Field, Message, Name } from "../model/contract.js";
import type { Node, Property } from "../model/syntax.js";
import { lowerFields, lowerInlineFields, uniqueFields } from "./fields.js";
import { checkNode, textValue, type Out } from "./nodes.js";

export type Input = { readonly input: readonly Field[]; readonly inputType: Name | null };

/** Inline fields of `node` first, then those of its `input` block. */
export function lowerInput(
  node: Node,
  props: readonly Property[],
  block: Node | undefined,
  where: string,
  out: Out,
): Input {
  const inline = lowerInlineFields(node, props, "short", out);
  if (block === undefined) return { input: uniqueFields(inline, where, out), inputType: null };
  const example = "input { user_id integer }";
  checkNode(block, { args: 1, takes: "a block of fields, or one type", block: true, example }, out);
  const [named] = block.args;
  const fields = [...inline, ...lowerFields(block.children ?? [], out)];
  return {
    input: uniqueFields(fields, where, out),
    inputType: named === undefined ? null : textValue(named, "the type of the input", out),
  };
}

/** `client text=string`, `server { text string }`, `params "ChatParams"`. */
export function lowerMessage(node: Node, out: Out): Message {
  const example = `${node.name.text} text=string`;
  const takes = "fields, or one type";
  checkNode(node, { args: 1, takes, props: "any", block: true, example }, out);
  const [named] = node.args;
  const inline = lowerInlineFields(node, node.props, "short", out);
  const fields = [...inline, ...lowerFields(node.children ?? [], out)];
  return {
    fields: uniqueFields(fields, `in \`${node.name.text}\``, out),
    type: named === undefined ? null : textValue(named, "the type of the message", out),
    span: node.span,
  };
}
