/** Headers that handlers add to their answer. */
import { validateHeaderName, validateHeaderValue } from "node:http";
import type { ResponseHeaders } from "../handler.js";

export interface CollectedHeaders extends ResponseHeaders {
  /** In the order they were set first. */
  entries(): Iterable<readonly [name: string, values: readonly string[]]>;
}

/** What the protocol says about the answer, and about the way it is sent, is not a handler's to change. */
const OWNED =
  /^(?:content-(?:encoding|length|range|type)|transfer-encoding|trailer|connection|keep-alive|upgrade|cache-control|etag)$/i;

/**
 * `prefix` is that of our own headers, which are not a handler's either. `onSet` is told the name of each header
 * that is set or added.
 */
export function createResponseHeaders(
  prefix: string,
  onSet: (name: string) => void,
): CollectedHeaders {
  const collected = new Map<string, { readonly name: string; readonly values: string[] }>();

  const checked = (name: string, value: string): string => {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    const ours = name.toLowerCase().startsWith(prefix.toLowerCase());
    if (ours || OWNED.test(name)) throw new TypeError(`The header ${name} is set by Mizan itself`);
    onSet(name);
    return name.toLowerCase();
  };
  return {
    set(name, value) {
      collected.set(checked(name, value), { name, values: [value] });
    },
    append(name, value) {
      const key = checked(name, value);
      const known = collected.get(key);
      if (known) known.values.push(value);
      else collected.set(key, { name, values: [value] });
    },
    *entries() {
      for (const { name, values } of collected.values()) yield [name, values];
    },
  };
}
