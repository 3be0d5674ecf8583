/**
 * What the nodes of a block are called elsewhere, for each block of the language: names that say what was
 * meant, and names for which something else is to be done.
 */
import type { Node } from "../model/syntax.js";
import { bareText, nodeText, shorten, valueText } from "./text.js";

/** Names in small letters to the name that they have here. */
export type Synonyms = ReadonlyMap<string, string>;

/** Names in small letters to what is to be done about them. */
export type Notes = ReadonlyMap<string, (node: Node) => string>;

function byName<T>(entries: readonly (readonly [string, T])[]): ReadonlyMap<string, T> {
  return new Map(
    entries.flatMap(([names, meant]) => names.split(" ").map((name): [string, T] => [name, meant])),
  );
}

const functionWords =
  "func fn fun def op operation query mutation procedure rpc method functions endpoint";
const options: readonly (readonly [string, string])[] = [
  ["throws throw raises raise exceptions", "errors"],
  ["guard guards requires require authorize permission", "auth"],
  ["description summary comment", "doc"],
];
const effects: readonly (readonly [string, string])[] = [
  ["invalidates invalidate refetches refetch revalidates revalidate purges", "affects"],
];
const inputs: readonly (readonly [string, string])[] = [
  ["params param args arguments parameters", "input"],
];

export const topSynonyms: Synonyms = byName([
  ["struct model message interface record object schema types class input", "type"],
  ["alias typealias typedef newtype union", "type"],
  [functionWords, "function"],
  ["enumeration enums", "enum"],
  ["exception errors", "error"],
  ["service namespace module contexts", "context"],
  ["socket websocket subscription channels", "channel"],
]);

export const topNotes: Notes = byName([
  [
    "import include use require package",
    () => "leave the line out: all `.kdl` files of the folder are one contract",
  ],
]);

export const functionSynonyms: Synonyms = byName([...options, ...effects, ...inputs]);

export const functionNotes: Notes = byName([
  [
    "returns return outputs result response",
    ({ args }) => {
      const type = args.length === 0 ? "Type" : args.map(valueText).join(" ");
      return `the output stands behind the inputs, after an arrow: \`-> ${shorten(type)}\``;
    },
  ],
  [
    "http method methods route path url get post put patch delete",
    () => "a function has neither route nor method; a `view` has both",
  ],
  ["ttl", cacheFor],
  ["async sync public", () => "leave the line out"],
  ["websocket ws socket", () => "write `transport websocket`"],
]);

export const contextSynonyms: Synonyms = byName([[functionWords, "function"], ...options]);

export const contextNotes: Notes = byName([["ttl", cacheFor]]);

export const viewSynonyms: Synonyms = byName([
  ["path url uri href", "route"],
  ["method", "methods"],
  ...options,
  ...effects,
  ...inputs,
]);

function cacheFor({ args }: Node): string {
  const seconds = args.at(-1);
  return `write \`cache ttl=${seconds === undefined ? "60" : shorten(valueText(seconds))}\``;
}

/** `context user { user_profile }`: a function by its name alone. */
export function namedFunction(node: Node): Node | null {
  const isName = /^[a-z][a-z0-9_.]*$/.test(node.name.text);
  if (!isName || node.args.length > 0 || node.props.length > 0 || node.children !== null) {
    return null;
  }
  const name = { value: { kind: "string", ...node.name }, span: node.name.span } as const;
  return {
    ...node,
    name: { text: "function", span: node.name.span },
    args: [{ ...name, written: "bare" }],
  };
}

/** `functions a b`: the functions by their names, each of which has a node of its own. */
export function namedFunctions(node: Node): readonly Node[] | null {
  const { name, args, props, children } = node;
  const areNames = args.every((arg) => /^[a-z][a-z0-9_.]*$/.test(bareText(arg)));
  if (name.text !== "functions" || args.length < 2 || !areNames) return null;
  if (props.length > 0 || children !== null) return null;
  return args.map((arg) => ({
    ...node,
    name: { text: "function", span: name.span },
    args: [arg],
    doc: null,
  }));
}

/** `export type A`: the node that a word stands before; null where there is none. */
export function behindModifier(
  node: Node,
  known: readonly string[],
): { readonly meant: Node; readonly help: string } | null {
  const [first, ...args] = node.args;
  if (first === undefined || args.length === 0 || !known.includes(bareText(first))) return null;
  const inner = { ...node, name: { text: bareText(first), span: first.span }, args };
  const word = node.name.text;
  const line = shorten(nodeText(inner));
  if (word !== "private" || inner.name.text !== "function") {
    return { meant: inner, help: `leave \`${shorten(word)}\` out: \`${line}\`` };
  }
  // Left out, the word would open what was to be closed.
  const flag: Node = { ...node, args: [], props: [], children: null, doc: null, quoted: false };
  const help =
    node.children === null
      ? `write \`${line} { private }\``
      : "`private` stands in the function's block";
  return { meant: { ...inner, children: [flag, ...(node.children ?? [])] }, help };
}
