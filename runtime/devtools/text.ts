/** Short texts for what comes from servers and applications: bounded, whatever it holds. */
import { isObject, own } from "../wire/json.js";

const LONGEST = 160;

/** Not longer than `longest`, with an ellipsis where something is missing. */
export const clip = (text: string, longest: number = LONGEST): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text;

/** `5`, `"Ada"`, `[1, 2]`, `{id: 5}`; of what is deep or long, a beginning. */
export const brief = (value: unknown, depth = 2): string => {
  if (typeof value === "string") return JSON.stringify(clip(value, 60));
  if (typeof value === "function") return "ƒ";
  if (!isObject(value)) return String(value);
  if (depth === 0) return Array.isArray(value) ? "[…]" : "{…}";
  const names = Object.keys(value);
  const shown = names.slice(0, 8).map((name) => {
    const text = brief(own(value, name), depth - 1);
    return Array.isArray(value) ? text : `${clip(name, 40)}: ${text}`;
  });
  const all = [...shown, ...(names.length > shown.length ? ["…"] : [])].join(", ");
  return Array.isArray(value) ? `[${all}]` : `{${all}}`;
};

/** A value's text, or why there is none: a getter may throw, and so may a proxy. */
export const safely = (make: () => string): string => {
  try {
    return clip(make());
  } catch {
    return "(cannot be read)";
  }
};

/** An instance's key as people write it: `user {user_id: 5}`. */
export const nameOfKey = (key: string): string => {
  const { context, params } = partsOfKey(key);
  return params === "" ? context : `${context} ${params}`;
};

export const partsOfKey = (key: string): { readonly context: string; readonly params: string } => {
  const context = /^[^[]*/.exec(key)?.[0] ?? key;
  let pairs: unknown;
  try {
    pairs = JSON.parse(key.slice(context.length));
  } catch {
    // A key of another version of the kernel is shown as it is.
    return { context: clip(key), params: "" };
  }
  const words = Array.isArray(pairs)
    ? pairs.map(
        (pair) => `${clip(String(own(pair, "0")), 40)}: ${clip(String(own(pair, "1")), 60)}`,
      )
    : [];
  return { context: clip(context), params: words.length > 0 ? clip(`{${words.join(", ")}}`) : "" };
};

/** An entry of `invalidate` or `merge` without its value: `merge user.orders {user_id: 5} upsert by id`. */
export const textOfEffect = (kind: "merge" | "invalidate", effect: unknown): string | null => {
  if (effect === undefined) return null;
  return safely(() => {
    const of = (name: string): string => {
      const part = own(effect, name);
      return part === undefined || part === null ? "" : String(part);
    };
    const fn = of("function");
    const name = typeof effect === "string" ? effect : fn || of("context");
    const slot = of("slot");
    const params = own(effect, "params");
    const op = of("op");
    return [
      kind,
      ...(fn ? ["function"] : []),
      slot ? `${name}.${slot}` : name,
      ...(isObject(params) ? [brief(params)] : []),
      ...(op ? [`${op} by ${of("key")}`] : []),
    ].join(" ");
  });
};
