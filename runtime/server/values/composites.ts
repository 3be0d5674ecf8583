/** Codecs of lists, maps, optionals and unions. */
import type { Codec } from "./codec.js";
import { Issues } from "./issues.js";
import { parseJsonText } from "./json.js";
import { isObject, setOwn, type Plain } from "./own.js";
import { isWellFormed } from "./scalars.js";

type Way = "parse" | "encode";

export function listCodec(
  item: Codec,
  limits: { readonly minItems?: number; readonly maxItems?: number },
): Codec {
  const { minItems, maxItems } = limits;

  const walk = <Member>(
    members: readonly Member[],
    issues: Issues,
    one: (member: Member) => unknown,
  ): unknown => {
    if (minItems !== undefined && members.length < minItems) {
      issues.add(`Must have at least ${minItems} items`);
    }
    if (maxItems !== undefined && members.length > maxItems) {
      issues.add(`Must have at most ${maxItems} items`);
    }
    const result: unknown[] = [];
    for (const member of members) {
      if (issues.full) break;
      const before = issues.count;
      result.push(one(member));
      if (issues.count !== before) issues.prefix(before, result.length - 1);
    }
    return result;
  };
  const take = (way: Way) => (value: unknown, issues: Issues) =>
    Array.isArray(value)
      ? walk(value, issues, (member) => item[way](member, issues))
      : issues.add("Expected a list");

  return {
    parse: take("parse"),
    coerce: (texts, issues) => walk(texts, issues, (text) => item.coerce([text], issues)),
    encode: take("encode"),
    optional: false,
    declaredKeys: null,
    item,
  };
}

export function mapCodec(member: Codec): Codec {
  const take = (way: Way) => (value: unknown, issues: Issues) => {
    if (!isObject(value)) return issues.add("Expected an object");
    const result: Plain = {};
    for (const key of Object.keys(value)) {
      if (issues.full) break;
      const before = issues.count;
      if (!isWellFormed(key)) issues.add("The key contains half of a character (a lone surrogate)");
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
    coerce: (texts, issues) => {
      const value = parseJsonText(texts[texts.length - 1] ?? "", issues);
      return value === undefined ? undefined : ways.parse(value, issues);
    },
    optional: false,
    item: null,
  };
}

export function optionalCodec(inner: Codec): Codec {
  return {
    parse: (value, issues) => (value === null ? null : inner.parse(value, issues)),
    coerce: (texts, issues) => inner.coerce(texts, issues),
    encode: (value, issues) => (value === null ? null : inner.encode(value, issues)),
    optional: true,
    declaredKeys: inner.declaredKeys,
    item: inner.item,
  };
}

/**
 * The first declared arm that accepts; if that is a struct, the accepting struct that declares most of the
 * given keys, so that `Cat|CatWithKittens` does not lose the kittens.
 */
export function unionCodec(arms: readonly Codec[]): Codec {
  const choose = (value: unknown, issues: Issues, way: (arm: Codec, found: Issues) => unknown) => {
    let best: { readonly value: unknown; readonly keys: number } | null = null;
    for (const arm of arms) {
      if (best !== null && arm.declaredKeys === null) continue;
      const found = new Issues();
      const taken = way(arm, found);
      if (found.count > 0) continue;
      if (arm.declaredKeys === null || !isObject(value)) return taken;
      const keys = arm.declaredKeys(value);
      if (best === null || keys > best.keys) best = { value: taken, keys };
    }
    return best === null ? issues.add("Fits none of the allowed types") : best.value;
  };
  return {
    parse: (value, issues) => choose(value, issues, (arm, found) => arm.parse(value, found)),
    encode: (value, issues) => choose(value, issues, (arm, found) => arm.encode(value, found)),
    coerce: (texts, issues) => {
      // Struct arms read JSON text, so that they are weighed by the keys it holds.
      const given = arms.some((arm) => arm.declaredKeys !== null)
        ? parseJsonText(texts[texts.length - 1] ?? "", new Issues())
        : undefined;
      return choose(given, issues, (arm, found) => arm.coerce(texts, found));
    },
    optional: false,
    declaredKeys: null,
    item: null,
  };
}
