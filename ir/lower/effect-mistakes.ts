/**
 * What people write of effects that is legal KDL and means nothing here: `merge user by id`,
 * `merge user prepend by=id`, `merge user key=id`, `affects context user`, `affects user *`. Each is reported
 * once, with the whole line as it was meant, and is read as that line.
 */
import { report } from "../diagnostics/catalogue.js";
import { nearest } from "../diagnostics/did-you-mean.js";
import type { Node, Property, Value } from "../model/syntax.js";
import type { Out } from "./nodes.js";
import { bareText, nodeText, shorten, valueText } from "./text.js";

/** What the properties of a merge are called that are no params. */
export const mergeWords: readonly string[] = ["slot", "by", "op", "value"];

/** An `affects` as it was meant, or as it is. */
export function meantAffect(node: Node, out: Out): Node {
  const kind = kindOf(node);
  const named = kind === null ? node.args : node.args.slice(1);
  const [target, star] = named;
  const isAll =
    target !== undefined && named.length === 2 && star !== undefined && bareText(star) === "*";
  const strange = kind ?? (isAll ? star : null);
  if (strange === null) return node;
  const args: Value[] = isAll
    ? [target, { ...star, value: { kind: "string", text: "all" } }]
    : [...named];
  const meant = { ...node, args };
  tooMuch(node, strange, `write \`${shorten(nodeText(meant))}\``, out);
  return meant;
}

/** `affects user stock` names two contexts: each has a line of its own, with what belongs to it. */
export function severalTargets(node: Node): string {
  const targets: string[] = [];
  for (const text of node.args.map(valueText)) {
    const last = targets.length - 1;
    const isAll = text === "all" || text === "*";
    if (targets[last] === "function" || (isAll && last >= 0 && !targets[last]?.includes(" "))) {
      targets[last] += ` ${isAll ? "all" : text}`;
    } else {
      targets.push(text);
    }
  }
  return shorten(targets.map((target) => `affects ${target}`).join("; "));
}

/** For `affects user id`, of which the second may be a param of the first. */
export function targetsHelp(node: Node): string {
  const lines = severalTargets(node);
  const [context, param, ...others] = node.args.map(bareText);
  const mayBeParam = /^\w+$/.test(param ?? "") && param !== "all" && others.length === 0;
  if (!mayBeParam) return `write \`${lines}\``;
  return `for a param write \`affects ${context} ${param}=input.${param}\`, for two contexts \`${lines}\``;
}

/** `affects context user`, `merge into user`: the word before the name, which could not stand there otherwise. */
function kindOf({ args: [kind, name] }: Node): Value | null {
  return kind !== undefined && name !== undefined && beforeName.has(bareText(kind)) ? kind : null;
}

const beforeName: ReadonlySet<string> = new Set(["context", "into"]);

function tooMuch({ name }: Node, value: Value, help: string, out: Out): void {
  const label = { span: value.span, text: "not expected here" };
  const argument = shorten(valueText(value));
  const facts = { node: name.text, expected: "one context", argument };
  out.push(report("MZ1103", label, facts, { help }));
}

/** A merge as it was meant, or as it is; null where nobody can tell, which is reported too. */
export function meantMerge(node: Node, out: Out): Node | null {
  const kind = kindOf(node);
  const [context, first, ...others] = kind === null ? node.args : node.args.slice(1);
  if (context === undefined) return node;
  if (bareText(context) === "function" && first !== undefined) {
    const slot = shorten(valueText(first));
    const help = `a merge names the context, and a function of it behind that: \`slot=${slot}\``;
    tooMuch(node, first, help, out);
    return null;
  }
  const given = node.props.map(meantProperty);
  const words = first === undefined ? [] : propertiesOf([first, ...others]);
  const changed = given.find((prop, index) => prop !== node.props[index]);
  const strange = kind ?? first;
  if (strange === undefined && changed === undefined) return node;
  const props = words === null ? null : [...words, ...given];
  const names = (props ?? []).map(({ name }) => name.text);
  const meant =
    props === null || new Set(names).size < names.length
      ? null
      : { ...node, args: [context], props };
  const help =
    meant === null
      ? "behind its context a merge has `slot=`, `by=`, `op=` and `value=`"
      : `write \`${shorten(nodeText(meant))}\``;
  if (strange !== undefined) {
    tooMuch(node, strange, help, out);
  } else if (changed !== undefined) {
    const old = node.props[given.indexOf(changed)] ?? changed;
    const label = { span: old.name.span, text: `called \`${changed.name.text}\` here` };
    out.push(report("MZ1102", label, { node: "merge", name: old.name.text }, { help }));
  }
  return meant;
}

/** Those of them whose value is a name. */
const namedWords: readonly string[] = ["slot", "by", "op"];

/** What other words for the properties are, where their value is no source and so cannot be a param's. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ...["key", "on", "field", "match", "using"].map((word) => [word, "by"] as const),
  ...["mode", "action", "operation"].map((word) => [word, "op"] as const),
  ...["function", "into"].map((word) => [word, "slot"] as const),
]);

function meantProperty(prop: Property): Property {
  const value = bareText(prop.value);
  if (mergeWords.includes(prop.name.text) || !/^\w+$/.test(value) || value === "result")
    return prop;
  const text = synonyms.get(prop.name.text) ?? nearest(prop.name.text, namedWords);
  if (text === null) return prop;
  if (text === "op" && !operations.has(value)) return prop;
  return { ...prop, name: { text, span: prop.name.span } };
}

const operations: ReadonlySet<string> = new Set(["prepend", "remove"]);

/** An operation in another word or misspelt; `upsert` is what is done without one, null what nobody knows. */
export function meantOperation(word: string): "prepend" | "remove" | "upsert" | null {
  const text = word.toLowerCase().replace(/[,:]$/, "");
  if (upserts.has(text)) return "upsert";
  if (removals.has(text)) return "remove";
  if (prependings.has(text)) return "prepend";
  const near = nearest(text, [...operations, ...upserts]) ?? text;
  return near === "prepend" || near === "remove" ? near : upserts.has(near) ? "upsert" : null;
}

const removals: ReadonlySet<string> = new Set(["remove", "delete", "drop", "pull"]);
const prependings: ReadonlySet<string> = new Set(["prepend", "unshift", "first"]);

/** What an element does anyway, without a word. */
const upserts: ReadonlySet<string> = new Set(["append", "upsert", "replace", "update"]);

/** `by id`, `prepend`, `user_orders`: the words behind the context as properties. Null where one says nothing. */
function propertiesOf(args: readonly Value[]): readonly Property[] | null {
  const [word, next, ...rest] = args;
  if (word === undefined) return [];
  const text = bareText(word);
  const name = synonyms.get(text) ?? text;
  if (mergeWords.includes(name)) {
    if (next === undefined || bareText(next) === "") return null;
    const prop = { name: { text: name, span: word.span }, value: next, span: word.span };
    const others = propertiesOf(rest);
    return others === null ? null : [prop, ...others];
  }
  if (text === "") return null;
  const others = propertiesOf(args.slice(1));
  if (others === null) return null;
  if (upserts.has(text)) return others;
  const option = operations.has(text) ? "op" : "slot";
  return [{ name: { text: option, span: word.span }, value: word, span: word.span }, ...others];
}
