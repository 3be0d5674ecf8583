/** Inputs of a function where they do not belong: among its options, or behind `input` on its line. */
import { report } from "../diagnostics/catalogue.js";
import type { Node } from "../model/syntax.js";
import { pairs } from "./arrows.js";
import { isScalarName, isTypeWord } from "./foreign-types.js";
import type { Out } from "./nodes.js";
import { bareText, nodeText, propertyTexts, shorten } from "./text.js";

/** `user_id integer`: what follows the name is a type. */
export function looksLikeField(node: Node): boolean {
  const [type] = node.args;
  if (type?.value.kind !== "string" || node.children !== null) return false;
  return isScalarName(type.value.text) || /^[A-Z]|[<?|]/.test(type.value.text);
}

/** The same, where it can be nothing else: a name alone may be that of an error or a context as well. */
function isSurelyField(node: Node): boolean {
  const text = bareText(node.args[0]);
  return looksLikeField(node) && !/^[A-Z]\w*$/.test(text) && !outputWords.test(node.name.text);
}

/** What the output is called elsewhere. */
const outputWords = /^(output|returns?|outputs|result|response)$/i;

/** `function f { id integer; name string }`: the nodes with those fields in `input`, reported once. */
export function withInputInside(
  nodes: readonly Node[],
  known: readonly string[],
  out: Out,
): readonly Node[] {
  if (nodes.every((node) => known.includes(node.name.text))) return nodes;
  const isLoose = (node: Node): boolean => !known.includes(node.name.text) && isSurelyField(node);
  const [first, ...others] = nodes.filter(isLoose);
  if (first === undefined) return nodes;
  const fields = [first, ...others].map(withoutColon);
  const label = { span: first.name.span, text: "an input" };
  const related = others.map(({ name }) => ({ span: name.span, text: "and this" }));
  const help = `inputs stand in a block: \`input { ${shorten(fields.map(nodeText).join("; "))} }\``;
  const facts = { node: shorten(first.name.text), where: "in a function" };
  out.push(report("MZ1101", label, facts, { related, help }));
  const rest = nodes.filter((node) => !isLoose(node));
  const input = rest.find((node) => node.name.text === "input");
  const children = [...(input?.children ?? []), ...fields];
  const name = { text: "input", span: first.name.span };
  const whole: Node = { ...first, name, args: [], props: [], ...input, quoted: false, children };
  return [...rest.filter((node) => node !== input), whole];
}

function withoutColon(node: Node): Node {
  return { ...node, name: { ...node.name, text: node.name.text.replace(/:$/, "") } };
}

/** `input id integer`, `input id=integer`: answers with the fields in a block, reported, or with the node. */
export function withInputBlock(node: Node, out: Out): Node {
  if (node.children !== null) return node;
  const [first] = node.args;
  const [prop] = node.props;
  const written = first === undefined ? [] : pairs(node.args);
  if (written === null || (first === undefined && prop === undefined)) return node;
  if (first !== undefined && isTypeWord(bareText(first))) return node;
  const fields = [...written, ...propertyTexts(node)].map((pair) => pair.replace("=", " "));
  const help = `write \`${node.name.text} { ${shorten(fields.join("; "))} }\``;
  const facts = { node: node.name.text, name: shorten(prop?.name.text ?? "") };
  out.push(
    first === undefined
      ? report("MZ1102", { span: prop?.name.span ?? node.span, text: "a field" }, facts, { help })
      : report(
          "MZ1103",
          { span: first.span, text: "a field" },
          {
            node: node.name.text,
            expected: "a block of fields, or one type",
            argument: bareText(first),
          },
          { help },
        ),
  );
  return { ...node, args: [], props: [], children: [], faulty: true };
}
