/** Looking into JSON that somebody else wrote: nothing is taken for granted, nothing inherited is seen. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Arrays too: their indexes are keys. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null;

/** An own property, or undefined, whatever the value is. */
export function own<Value>(value: Readonly<Record<string, Value>>, key: string): Value | undefined;
export function own(value: unknown, key: string): unknown;
export function own(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** A copy of an object that inherits nothing; anything else as it is. */
export const ownProperties = (value: unknown): unknown =>
  isObject(value) && !Array.isArray(value) ? Object.assign(Object.create(null), value) : value;
