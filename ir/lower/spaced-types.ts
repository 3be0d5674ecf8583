/** Types that spaces have broken into several values: `list<A, B>`, `A | B`, `integer ?`, `list of string`. */
import { report } from "../diagnostics/catalogue.js";
import type { Node, Value } from "../model/syntax.js";
import { isAnyType, ownType } from "./foreign-types.js";
import type { Out } from "./nodes.js";
import { bareText, shorten, valueText } from "./text.js";

/**
 * `a=list<A, B>`, `a=A | B`: a type of an inline field that spaces have broken, of which KDL makes arguments.
 * Answers with the node in which the property has all of it.
 */
export function withWholeTypes(node: Node): Node {
  const taken = new Set<Value>();
  const props = node.props.map((prop, index) => {
    const next = node.props[index + 1]?.span.start ?? Infinity;
    const parts = [prop.value];
    for (const arg of node.args) {
      if (arg.span.start < prop.span.end || arg.span.start > next) continue;
      if (bareText(arg) === "" || !goesOn(parts.map(bareText), bareText(arg))) break;
      parts.push(arg);
      taken.add(arg);
    }
    const last = parts.at(-1);
    if (last === undefined || parts.length === 1) return prop;
    const text = parts.map(bareText).join(" ");
    const span = { ...prop.value.span, end: last.span.end };
    return { ...prop, value: { value: { kind: "string", text }, span, written: "bare" } } as const;
  });
  if (taken.size === 0) return node;
  return { ...node, props, args: node.args.filter((arg) => !taken.has(arg)) };
}

/** Whether a type of which these parts are known has the next word in it. */
function goesOn(parts: readonly string[], next: string): boolean {
  const text = parts.join(" ");
  return (
    text !== "" && (opens(text) > closes(text) || text.endsWith("|") || /^(\||\?$)/.test(next))
  );
}

/**
 * A type that spaces have broken into several arguments: `list<A, B>`, `A | B`, `integer ?`. Answers with
 * the type in one piece, or null when the arguments do not look like one.
 */
export function brokenType(args: readonly Value[]): string | null {
  if (args.length < 2 || args.some((arg) => arg.written !== "bare")) return null;
  const texts = args.map(valueText);
  const joined = texts.join(" ");
  const looksBroken =
    opens(texts[0] ?? "") > closes(texts[0] ?? "") ||
    texts.some((text) => text.startsWith("|") || text.endsWith("|") || text === "?");
  return looksBroken && opens(joined) === closes(joined) ? joined : null;
}

/** `list of string`, as one would say it, and `list string`. */
export function listOfMistake(args: readonly Value[], out: Out): boolean {
  const [list = "", ...words] = args.map(bareText);
  const [key, ...others] = words[0] === "of" ? words.slice(1) : words;
  const [first] = args;
  const last = args.at(-1);
  if (first === undefined || last === undefined || !/^(list|map|array)$/.test(list)) return false;
  const isWhole = words[0] === "of" || (others.length === 0 && isAnyType(key ?? ""));
  if (!isWhole) return false;
  // `map of string to integer`: the keys are always text.
  const item = others[0] === "to" ? others[1] : key;
  const span = { ...first.span, end: last.span.end };
  const problem = `\`${list}\` says in angle brackets of what`;
  const help = `write \`${list === "map" ? "map" : "list"}<${shorten(ownType(item ?? ""))}>\``;
  out.push(report("MZ3002", { span, text: "has spaces" }, { problem }, { help }));
  return true;
}

export function opens(text: string): number {
  return text.split("<").length;
}

export function closes(text: string): number {
  return text.split(">").length;
}
