/**
 * What generated code says about a context, and the words by which instances and effects compare.
 *
 * A slot's descriptor is a line of words. `box` as the first: its value travels boxed. The others are
 * the params of its function, `name:kind`, with `?` behind the kind if absent means null, and with `=`
 * if it has a default or may be left out otherwise, so that absent may stand for any value.
 */
import { isObject, own, type JsonObject } from "../wire/json.js";
import type { AnyContext } from "./types.js";

interface Param {
  readonly name: string;
  readonly kind: string;
  /** `""`: required. */
  readonly mark: string;
}

/** One instance of a context: what is asked for, and how it is known. */
export interface Description {
  readonly context: AnyContext;
  /** The declared params that were given, as they were given. */
  readonly params: JsonObject;
  readonly declared: ReadonlyMap<string, Param>;
  /** Canonical text of each param; absent and null have none. */
  readonly words: ReadonlyMap<string, string>;
  /** Context and words: equal for what is one instance. */
  readonly key: string;
}

export function isBoxed(descriptor: string): boolean {
  return /^box( |$)/.test(descriptor);
}

export function describe(context: AnyContext, given: unknown): Description {
  const all = Object.values(context.slots).flatMap(paramsOf);
  // A default in one slot leaves the value open for the whole instance.
  const sorted = all.sort((a, b) => compare(a.name, b.name) || compare(a.mark, b.mark));
  const declared = new Map(sorted.map((param) => [param.name, param]));
  const words = new Map<string, string>();
  for (const { name, kind } of declared.values()) {
    const word = toWord(own(given, name), kind);
    if (word !== undefined) words.set(name, word);
  }
  const params = Object.fromEntries([...words.keys()].map((name) => [name, own(given, name)]));
  return { context, params, declared, words, key: context.name + JSON.stringify([...words]) };
}

/** Whether an effect with these params reaches the instance. Params unknown here rule nothing out. */
export function agrees({ declared, words }: Description, params: unknown): boolean {
  return Object.entries(params ?? {}).every(([name, value]) => {
    const param = declared.get(name);
    const word = words.get(name);
    return (
      !param || word === toWord(value, param.kind) || (word === undefined && param.mark === "=")
    );
  });
}

/**
 * Whether params of an effect that reaches the instance say all that the slot's value depends on.
 * A param that the instance leaves to its default has a value that nobody here knows.
 */
export function determines(
  { context, declared, words }: Description,
  slot: string,
  params: unknown,
): boolean {
  const named = isObject(params) ? params : {};
  return (
    Object.keys(named).every((name) => declared.has(name)) &&
    paramsOf(context.slots[slot] ?? "").every(({ name, mark }) =>
      words.has(name) ? Object.hasOwn(named, name) : mark === "?",
    )
  );
}

function paramsOf(descriptor: string): Param[] {
  return Array.from(descriptor.matchAll(/(\S+):(\w+)(\S?)/g), ([, name, kind, mark]) => ({
    name: String(name),
    kind: String(kind),
    mark: String(mark),
  }));
}

/** `5`, `"5"` and `"05"` are one integer, a uuid is one in either case. */
function toWord(value: unknown, kind: string): string | undefined {
  if (value === null || value === undefined) return undefined;
  if (kind === "json") return JSON.stringify(value, sortKeys);
  const text = String(value);
  const number = Number(text);
  switch (kind) {
    case "integer":
    case "number":
      return text && !Number.isNaN(number) ? String(number) : text;
    case "boolean":
      return text === "1" ? "true" : text === "0" ? "false" : text;
    case "uuid":
      return text.toLowerCase();
    default:
      return text;
  }
}

function sortKeys(_: string, value: unknown): unknown {
  return isObject(value) && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => compare(a, b)))
    : value;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
