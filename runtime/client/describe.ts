/**
 * What generated code says about a context, and the words by which instances and effects compare.
 *
 * A slot's descriptor is a line of words. `box` as the first: its value travels boxed. The others are
 * the params of its function, `name:kind`, with `?` behind the kind if absent means null, and with `=`
 * if it has a default or may be left out otherwise, so that absent may stand for any value. Of two kinds whose
 * words are JSON, `json` is sent as a query has it, a list by repetition, and `jsontext` as JSON in any case.
 */
import { isObject, own, type JsonObject } from "../wire/json.js";
import type { AnyContext } from "./types.js";

/** One instance of a context: what is asked for, and how it is known. */
export interface Description {
  readonly context: AnyContext;
  /** The declared params that were given, as they were given. */
  readonly params: JsonObject;
  /** @internal The same, as they are sent. */
  readonly _sent: JsonObject;
  /** @internal Kind of each declared param, with its mark. */
  readonly _kinds: ReadonlyMap<string, string>;
  /** @internal Canonical text of each param; absent and null have none. */
  readonly _words: ReadonlyMap<string, string>;
  /** Context and words: equal for what is one instance. */
  readonly key: string;
}

/** A slot's value as it is shown, of one that was sent; undefined where it has no box that it should have. */
export const unboxed = (descriptor: string, sent: unknown): unknown =>
  /^box( |$)/.test(descriptor) ? own(sent, "result") : sent;

export const describe = (context: AnyContext, given: unknown): Description => {
  const kinds = new Map<string, string>();
  const words = new Map<string, string>();
  const params: [string, unknown][] = [];
  const sent: [string, unknown][] = [];
  for (const [, name = "", kind = ""] of Object.values(context.slots).flatMap(paramsOf)) {
    const value = own(given, name);
    const word = toWord(value, kind);
    // A default in one slot leaves the value open for the whole instance.
    if (!/=$/.test(kinds.get(name) ?? "")) kinds.set(name, kind);
    if (word !== undefined) {
      words.set(name, word);
      params.push([name, value]);
      sent.push([name, /^jsont/.test(kind) ? word : value]);
    }
  }
  const key = context.name + JSON.stringify([...words]);
  return {
    context,
    params: Object.fromEntries(params),
    _sent: Object.fromEntries(sent),
    _kinds: kinds,
    _words: words,
    key,
  };
};

/** Whether an effect with these params reaches the instance. Params unknown here rule nothing out. */
export const agrees = (description: Description, params: object): boolean => {
  const { _kinds: kinds, _words: words } = description;
  return Object.entries(params).every(([name, value]) => {
    const kind = kinds.get(name);
    const word = words.get(name);
    return !kind || word === toWord(value, kind) || (word === undefined && /=$/.test(kind));
  });
};

/**
 * Whether params of an effect that reaches the instance say all that the slot's value depends on.
 * A param that the instance leaves to its default has a value that nobody here knows.
 */
export const determines = (
  description: Description,
  descriptor: string,
  params: object,
): boolean => {
  const { _kinds: kinds, _words: words } = description;
  return (
    Object.keys(params).every((name) => kinds.has(name)) &&
    paramsOf(descriptor).every(([, name = "", kind = ""]) =>
      words.has(name) ? Object.hasOwn(params, name) : /\?$/.test(kind),
    )
  );
};

const paramsOf = (descriptor: string): string[][] => [...descriptor.matchAll(/(\S+):(\S+)/g)];

/**
 * `5`, `"5"` and `"05"` are one integer, a uuid is one in either case. The first letters tell the kinds apart:
 * json, uuid, boolean, integer, number, string.
 */
const toWord = (value: unknown, kind: string): string | undefined => {
  if (value === null || value === undefined) return undefined;
  // Asked without the keys in order first, as that tells of what is cyclic: the copies below would never end.
  if (/^j/.test(kind)) return JSON.stringify(value) && JSON.stringify(value, sortKeys);
  const text = String(value);
  if (/^u/.test(kind)) return text.toLowerCase();
  if (/^b/.test(kind)) return String(/^(true|1)$/.test(text));
  // What is no number stays what it is, for the server to refuse.
  return /^[in]/.test(kind) && text ? String(Number(text)).replace("NaN", text) : text;
};

/** Equal keys and values, equal order; which order does not matter. */
const sortKeys = (_: string, value: unknown): unknown =>
  isObject(value) && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort())
    : value;
