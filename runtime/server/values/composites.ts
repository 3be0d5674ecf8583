/** Codecs of maps, optionals and unions. */
import type { Codec } from "./codec.js";
import { Issues } from "./issues.js";
import { jsonTextOf, parseJsonText } from "./json.js";
import { orderedKeys } from "./key-order.js";
import { isRecord, isPlainObject, setOwn, type Plain } from "./own.js";
import { HALF_A_KEY, isWellFormed } from "./scalars.js";

export type Way = "parse" | "encode";

export function mapCodec(member: Codec): Codec {
  const take = (way: Way) => (value: unknown, issues: Issues) => {
    if (!isPlainObject(value)) return issues.add("Expected an object");
    const result: Plain = {};
    for (const key of way === "encode" ? orderedKeys(value) : Object.keys(value)) {
      if (issues.full) break;
      const before = issues.count;
      if (!isWellFormed(key)) issues.add(HALF_A_KEY);
      setOwn(result, key, member[way](value[key], issues));
      if (issues.count !== before) issues.prefix(before, key);
    }
    return result;
  };
  return asJsonText({ parse: take("parse"), encode: take("encode"), declaredKeys: null });
}

/** A shape that a query carries as JSON text. */
export function asJsonText(ways: Pick<Codec, "parse" | "encode" | "declaredKeys">): Codec {
  return {
    ...ways,
    coerce: jsonTextOf(ways.parse),
    takeFiles: null,
    optional: false,
    shallow: false,
    item: null,
  };
}

export function optionalCodec(inner: Codec): Codec {
  return {
    parse: (value, issues) => (value === null ? null : inner.parse(value, issues)),
    coerce: (texts, issues) => inner.coerce(texts, issues),
    encode: (value, issues) => (value === null ? null : inner.encode(value, issues)),
    optional: true,
    shallow: inner.shallow,
    takeFiles: inner.takeFiles,
    declaredKeys: inner.declaredKeys,
    item: inner.item,
  };
}

/**
 * What unions inside the arms of another union answered, by the union and the way (one key for both) and by
 * the value. Every arm that reaches a part of the value asks the unions there, so without it the work would
 * double with each level of a recursive type.
 */
export type Weighed = Map<object, Map<object, Choice | null>>;

type Choice = { readonly value: unknown };
type Try = (arm: Codec, found: Issues) => unknown;

/**
 * The first declared arm that accepts; if that is a struct, the accepting struct that declares most of the
 * given keys, so that `Cat|CatWithKittens` does not lose the kittens.
 */
export function unionCodec(arms: readonly Codec[]): Codec {
  const structless = arms.filter((arm) => arm.declaredKeys === null);

  const choose = (
    value: unknown,
    weighed: Weighed,
    attempt: Try,
    candidates: readonly Codec[] = arms,
  ): Choice | null => {
    let best: { readonly value: unknown; readonly keys: number } | null = null;
    for (const arm of candidates) {
      if (best !== null && arm.declaredKeys === null) continue;
      const found = new Issues(weighed);
      const taken = attempt(arm, found);
      if (found.count > 0) continue;
      if (arm.declaredKeys === null || !isRecord(value)) return { value: taken };
      const keys = arm.declaredKeys(value);
      if (best === null || keys > best.keys) best = { value: taken, keys };
    }
    return best;
  };
  const take = (way: Way) => {
    const key = {};
    return (value: unknown, issues: Issues): unknown => {
      const attempt: Try = (arm, found) => arm[way](value, found);
      const { weighed } = issues;
      if (typeof value !== "object" || value === null) {
        // A null may be an optional struct's.
        const candidates = value === null ? arms : structless;
        return chosen(choose(value, weighed ?? new Map(), attempt, candidates), issues);
      }
      // The outermost union is asked once, and what its parts answered is forgotten with the answer.
      if (weighed === null) return chosen(choose(value, new Map(), attempt), issues);
      let known = weighed.get(key);
      if (known === undefined) weighed.set(key, (known = new Map()));
      let choice = known.get(value);
      if (choice === undefined) known.set(value, (choice = choose(value, weighed, attempt)));
      return chosen(choice, issues);
    };
  };
  return {
    parse: take("parse"),
    encode: take("encode"),
    coerce: (texts, issues) => {
      // Struct arms read JSON text, so that they are weighed by the keys it holds.
      const given = arms.some((arm) => arm.declaredKeys !== null)
        ? parseJsonText(texts[texts.length - 1] ?? "", new Issues())
        : undefined;
      const attempt: Try = (arm, found) => arm.coerce(texts, found);
      return chosen(choose(given, issues.weighed ?? new Map(), attempt), issues);
    },
    takeFiles: null,
    optional: false,
    shallow: false,
    declaredKeys: null,
    item: null,
  };
}

const chosen = (choice: Choice | null, issues: Issues): unknown =>
  choice === null ? issues.add("Fits none of the allowed types") : choice.value;
