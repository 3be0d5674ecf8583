/** `error`: what a function may answer with beside its output. */
import type { DeclaredError, Name } from "../model/contract.js";
import type { Node, Value } from "../model/syntax.js";
import { docAmongFields, toDoc } from "./docs.js";
import { lowerFields, uniqueFields } from "./fields.js";
import { toInteger } from "./literals.js";
import { withFieldsInside, withOptionsOutside } from "./misplaced-options.js";
import { withoutNameSigns } from "./mistakes.js";
import { checkName } from "./names.js";
import { checkNode, propertyOf, reportValue, textArgument, type Out } from "./nodes.js";
import { bareText, propertyTexts, shorten, valueText } from "./text.js";

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
