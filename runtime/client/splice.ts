import type { SentEntry } from "../wire/answer.js";
import { own } from "../wire/json.js";
import { unboxed } from "./describe.js";

/**
 * A slot's value after a merge entry, or undefined where the entry cannot be applied exactly: the
 * instance is asked for again then.
 */
export const spliced = (
  old: unknown,
  { value: sent, op, key = "" }: SentEntry,
  descriptor: string,
): unknown => {
  const value = unboxed(descriptor, sent);
  if (op === undefined) return Array.isArray(old) && !Array.isArray(value) ? undefined : value;
  const id = own(value, key);
  const isOther = (element: unknown): boolean => own(element, key) !== id;
  if (!Array.isArray(old) || id === undefined) return undefined;
  if (op === "remove") return old.filter(isOther);
  if (op !== "upsert" && op !== "prepend") return undefined;
  if (!old.every(isOther)) return old.map((element) => (isOther(element) ? element : value));
  return op === "upsert" ? [...old, value] : [value, ...old];
};
