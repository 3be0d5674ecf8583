/** The codec of lists. */
import type { Codec } from "./codec.js";
import type { Way } from "./composites.js";
import { counted, Issues } from "./issues.js";
import { jsonTextOf } from "./json.js";

type ListLimits = { readonly minItems?: number; readonly maxItems?: number };

/** A query says a list by repeating its name; `asText`, one that is itself an element of such a list, as JSON text. */
export function listCodec(item: Codec, { minItems, maxItems }: ListLimits, asText: boolean): Codec {
  const { takeFiles } = item;

  const walk = <Member>(
    members: readonly Member[],
    issues: Issues,
    one: (member: Member) => unknown,
  ): unknown => {
    if (minItems !== undefined && members.length < minItems) {
      issues.add(`Must have at least ${counted(minItems, "item")}`);
    }
    if (maxItems !== undefined && members.length > maxItems) {
      issues.add(`Must have at most ${counted(maxItems, "item")}`);
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

  const parse = take("parse");
  const coerce: Codec["coerce"] = (texts, issues) =>
    walk(texts, issues, (text) => coerceElement(item, text, issues));

  return {
    parse,
    coerce: asText ? jsonTextOf(parse) : coerce,
    encode: take("encode"),
    takeFiles:
      takeFiles && ((files, issues) => walk(files, issues, (file) => takeFiles([file], issues))),
    optional: false,
    shallow: false,
    declaredKeys: null,
    item,
  };
}

/** An element cannot be absent, so `null` is null where it says nothing else. */
function coerceElement(item: Codec, text: string, issues: Issues): unknown {
  const isNull = item.optional && text === "null" && !accepts(item, text);
  return isNull ? null : item.coerce([text], issues);
}

function accepts(codec: Codec, text: string): boolean {
  const issues = new Issues();
  codec.coerce([text], issues);
  return issues.count === 0;
}
