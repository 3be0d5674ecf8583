/**
 * What the server knows about one shape: how to take it in and how to send it out.
 *
 * A codec is compiled once per shape when the server starts and walks a value once per request. It never
 * throws for a bad value: it adds to `issues` and returns something that nobody will use. What it returns
 * is always built anew from declared parts, so nothing undeclared passes in either direction.
 */
import type { StoredFile } from "../uploads/uploaded-file.js";
import type { Issues } from "./issues.js";

export interface Codec {
  /** A value of a JSON body. Never coerced: `"5"` is no integer. */
  parse(value: unknown, issues: Issues): unknown;
  /** Texts of one query or form name, at least one. */
  coerce(texts: readonly string[], issues: Issues): unknown;
  /** What a handler answered, as a JSON value. */
  encode(value: unknown, issues: Issues): unknown;
  /** A nullable shape (`T?`): where a field of it is absent, it is null. */
  readonly optional: boolean;
  /** Looks at the value itself and at nothing inside it. */
  readonly shallow: boolean;
  /** For unions: how many of a value's keys the struct declares; null when the shape is no struct. */
  readonly declaredKeys: ((value: object) => number) | null;
  /** Files that came under the name of an arg, at least one; null for what is no file. */
  readonly takeFiles: ((files: readonly StoredFile[], issues: Issues) => unknown) | null;
  /** Of a list, and of an optional list: the codec of its elements. */
  readonly item: Codec | null;
}

/** A codec whose three ways in and out differ only in how the raw value is made. */
export function scalar(
  check: (value: unknown, issues: Issues) => unknown,
  coerceText: (text: string, issues: Issues) => unknown,
  encode: (value: unknown, issues: Issues) => unknown = check,
): Codec {
  return {
    parse: check,
    // Of a repeated scalar the last counts.
    coerce: (texts, issues) => coerceText(texts[texts.length - 1] ?? "", issues),
    encode,
    optional: false,
    shallow: true,
    declaredKeys: null,
    takeFiles: null,
    item: null,
  };
}
