/**
 * The codec of `file`. A file is never a JSON value or a text: it comes as a part of a form, or from another
 * handler through `ctx.call`.
 */
import { fileFaults, type FileLimits } from "../../wire/file.js";
import { StoredFile } from "../uploads/uploaded-file.js";
import type { Codec } from "./codec.js";
import type { Issues } from "./issues.js";

const EXPECTED = "Expected a file";

export function fileCodec(limits: FileLimits): Codec {
  const check = (value: unknown, issues: Issues): unknown => {
    if (!(value instanceof StoredFile)) return issues.add(EXPECTED);
    for (const fault of fileFaults(value, limits)) issues.add(fault);
    return value;
  };
  return {
    parse: check,
    coerce: (_, issues) => issues.add(EXPECTED),
    encode: (_, issues) => issues.add("A file cannot be answered"),
    // Of a repeated scalar the last counts.
    takeFiles: (files, issues) => check(files.at(-1), issues),
    optional: false,
    shallow: true,
    declaredKeys: null,
    item: null,
  };
}
