/** The options of functions and contexts that are a word or a number each; `auth` and `cache` are in files of their own. */
import { didYouMean } from "../diagnostics/did-you-mean.js";
import { report } from "../diagnostics/catalogue.js";
import type { Fn, Name } from "../model/contract.js";
import type { Node } from "../model/syntax.js";
import { toInteger } from "./literals.js";
import { separatorMistake } from "./mistakes.js";
import { checkNode, reportValue, textArgument, textValue, type Out } from "./nodes.js";

/** `rev 2`. */
export function lowerRev(node: Node, out: Out): number | null {
  checkNode(node, { args: 1, takes: "one number", example: "rev 2" }, out);
  const [value] = node.args;
  if (value === undefined) {
    textArgument(node, 0, "one number", out);
    return null;
  }
  const range = {
    min: -Number.MAX_SAFE_INTEGER,
    max: Number.MAX_SAFE_INTEGER,
    words: "a whole number",
  };
  return toInteger(value, "`rev`", range, out);
}

/** `transport http` or `transport websocket`. */
export function lowerTransport(node: Node, out: Out): Fn["transport"] {
  const expected = "`http` or `websocket`";
  checkNode(node, { args: 1, takes: expected, example: "transport websocket" }, out);
  const word = textArgument(node, 0, expected, out);
  if (word === null) return null;
  if (word.text === "http" || word.text === "websocket") return word.text;
  out.push(
    report(
      "MZ1105",
      { span: word.span, text: "unknown transport" },
      { what: "the transport", expected },
      {
        help: /^(ws|wss|sockets?|websockets)$/i.test(word.text)
          ? "write `websocket`"
          : didYouMean(word.text, ["http", "websocket"]),
      },
    ),
  );
  return null;
}

/** A node with one name: `context alpha`, `input ById`, `camel "userProfile"`. */
export function lowerReference(node: Node, takes: string, out: Out): Name | null {
  checkNode(node, { args: 1, takes }, out);
  return textArgument(node, 0, takes, out);
}

/** A node with names: `errors NotFound OutOfStock`, `methods GET POST`. */
export function lowerNames(node: Node, takes: string, out: Out): readonly Name[] {
  const names = separatorMistake(node, node.args, out) ?? node.args;
  checkNode(node, { args: Infinity, takes }, out);
  if (node.args.length === 0) textArgument(node, 0, takes, out);
  return names.flatMap((value) => textValue(value, takes, out) ?? []);
}

/** `errors NotFound OutOfStock`, each once. `where` is the node they stand in, for the message. */
export function lowerErrors(node: Node, where: string, out: Out): readonly Name[] {
  const first = new Map<string, Name>();
  return lowerNames(node, "names of errors", out).filter((name) => {
    const earlier = first.get(name.text);
    if (earlier === undefined) {
      first.set(name.text, name);
      return true;
    }
    out.push(
      report(
        "MZ2005",
        { span: name.span, text: "again here" },
        { kind: "error", name: name.text, where },
        { related: [{ span: earlier.span, text: "first here" }], help: "leave one out" },
      ),
    );
    return false;
  });
}

/** A node that says something by standing there: `private`, `live`. */
export function lowerFlag(node: Node, out: Out): true {
  checkNode(node, { args: 0, takes: "nothing", example: node.name.text }, out);
  return true;
}

/** `has-input #true`. */
export function lowerBoolean(node: Node, out: Out): boolean {
  checkNode(node, { args: 1, takes: "`#true` or `#false`" }, out);
  const [value] = node.args;
  if (value === undefined) {
    textArgument(node, 0, "`#true` or `#false`", out);
    return false;
  }
  if (value.value.kind === "boolean") return value.value.value;
  reportValue(value, `\`${node.name.text}\``, "`#true` or `#false`", out);
  return false;
}
