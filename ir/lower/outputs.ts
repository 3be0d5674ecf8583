/** The output of a function: `-> Type`, and what people write for it. */
import { report } from "../diagnostics/catalogue.js";
import type { Form, Name, Output, TypeExpr } from "../model/contract.js";
import type { Node, Value } from "../model/syntax.js";
import { parseBroken } from "./fields.js";
import { brokenType, listOfMistake } from "./spaced-types.js";
import { checkNode, type Out } from "./nodes.js";
import { reportArrow, reportInputs } from "./arrows.js";
import { looksLikeField } from "./loose-inputs.js";
import { asText, bareText, isArrow, nodeText, shorten, valueText } from "./text.js";
import { parseType } from "./type-expression.js";

/** What the canonical form says about an output. */
export type OutputParts = {
  readonly output: Name | null;
  readonly outputNode: Node | null;
  readonly nullable: boolean;
  readonly nothing: boolean;
};

/** The output of a function: what stands behind its arrow, or the canonical form's nodes. */
export function lowerOutput(node: Node, parts: OutputParts, form: Form, out: Out): Output {
  const arrow = node.args[1];
  const written = lowerArrow(node, out);
  if (parts.output === null) return written;
  const [type] = parts.outputNode?.args ?? [];
  if (form === "short" && arrow === undefined && type !== undefined) {
    const span = parts.outputNode?.name.span ?? node.span;
    const arrowed = { ...asText(type, "->"), written: "bare" } as const;
    const args = [...node.args, arrowed, type];
    const help = `the output stands behind an arrow: \`${shorten(nodeText({ ...node, args }))}\``;
    const facts = { node: "output", where: "in a function" };
    out.push(report("MZ1101", { span, text: "of the canonical form" }, facts, { help }));
    return { kind: "type", type: parseType(type, "the output", out) };
  }
  if (arrow === undefined && node.args.length === 1) {
    const { output: name, nullable, nothing } = parts;
    return { kind: "printed", name, nullable, nothing };
  }
  const span = parts.outputNode?.name.span ?? node.span;
  out.push(
    report(
      "MZ1106",
      { span, text: "again here" },
      { node: "the output", where: "in one function" },
      {
        related: arrow === undefined ? [] : [{ span: arrow.span, text: "first here" }],
        help: "the arrow says it: leave out `output`",
      },
    ),
  );
  return written;
}

/** `-> Type` among the arguments. */
function lowerArrow(node: Node, out: Out): Output {
  const [, second, third] = node.args;
  const what = `the output of \`${valueText(node.args[0] ?? { value: { kind: "null" }, span: node.span, written: "keyword" })}\``;
  if (second === undefined) {
    // What could not be read has been reported, and may be what is missing here.
    const isLost = node.faulty && node.children !== null;
    const lost: Output = { kind: "type", type: { kind: "error", span: node.span } };
    return checked(node, 1, isLost ? lost : { kind: "nothing" }, out);
  }
  if (!isArrow(second)) {
    const at = node.args.findIndex(isArrow);
    if (at < 0) {
      reportArrow(node, out);
      return { kind: "type", type: { kind: "error", span: second.span } };
    }
    reportInputs(node, at, out);
    return lowerArrow({ ...node, args: [...node.args.slice(0, 1), ...node.args.slice(at)] }, out);
  }
  if (third === undefined) {
    checked(node, 2, { kind: "nothing" }, out);
    if (!node.faulty) {
      const label = { span: second.span, text: "nothing follows" };
      const help = isBlockOfFields(node)
        ? "declare a `type` with these fields, and write its name here"
        : null;
      out.push(report("MZ1104", label, { node: "->", expected: "a type" }, { help }));
    }
    return { kind: "type", type: { kind: "error", span: second.span } };
  }
  const rest = node.args.slice(2).map(withoutOr);
  if (rest.length === 1 && reportNothing(node, third, out)) return { kind: "nothing" };
  const broken = brokenType(rest);
  if (broken !== null) {
    const type = parseBroken({ ...node, args: rest }, broken, what, out);
    return checked(node, node.args.length, { kind: "type", type }, out);
  }
  const type: TypeExpr = listOfMistake(rest, out)
    ? { kind: "error", span: third.span }
    : parseType(third, what, out);
  // Of a type that cannot be read nobody knows where it ends.
  return checked(node, type.kind === "error" ? node.args.length : 3, { kind: "type", type }, out);
}

/** `-> User or null`: the word is a sign here. */
function withoutOr(value: Value): Value {
  return bareText(value) === "or" ? { ...value, value: { kind: "string", text: "|" } } : value;
}

/** `-> void`, as other languages say that there is no answer. */
function reportNothing(node: Node, type: Value, out: Out): boolean {
  const text = type.value.kind === "string" ? type.value.text : "";
  if (!/^(void|null|none|nothing|unit)$/.test(text)) return false;
  const label = { span: type.span, text: "no answer" };
  const line = shorten(nodeText({ ...node, args: node.args.slice(0, 1) }));
  const help = `a function that answers nothing has no arrow: write \`${line}\``;
  out.push(report("MZ3002", label, { problem: `\`${text}\` is no type` }, { help }));
  return true;
}

function checked(node: Node, args: number, output: Output, out: Out): Output {
  const example = nodeText({ ...node, args: node.args.slice(0, args) });
  checkNode(node, { args, takes: "a name and `-> Type`", props: "any", block: true, example }, out);
  return output;
}

/** `function f -> { id integer }`: fields where a type should be, rather than what a function has. */
export function isBlockOfFields({ args, children }: Node): boolean {
  const last = args.at(-1);
  const isOpen = last?.written === "bare" && valueText(last) === "->";
  return isOpen && children !== null && children.some(looksLikeField);
}
