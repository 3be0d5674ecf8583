/**
 * The codec of `file`. A file is never a JSON value or a text: it comes as a part of a form, or from another
 * handler through `ctx.call`. Its type is what the sender says it is; nobody looks inside.
 */
import type { FileShape } from "../definition.js";
import { StoredFile, type UploadedFile } from "../uploads/uploaded-file.js";
import type { Codec } from "./codec.js";
import { counted, type Issues } from "./issues.js";

const EXPECTED = "Expected a file";

export function fileCodec({ maxBytes, accept }: FileShape): Codec {
  const check = (value: unknown, issues: Issues): unknown => {
    if (!(value instanceof StoredFile)) return issues.add(EXPECTED);
    if (maxBytes !== undefined && value.size > maxBytes) {
      issues.add(`Must have at most ${counted(maxBytes, "byte")}`);
    }
    if (accept !== undefined && !accept.some((wanted) => fits(value, wanted))) {
      issues.add(`Must be of type ${accept.join(", ")}`);
    }
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

function fits({ name, type }: UploadedFile, wanted: string): boolean {
  if (wanted.startsWith(".")) return name.toLowerCase().endsWith(wanted);
  if (wanted === "*/*") return true;
  return wanted.endsWith("/*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
