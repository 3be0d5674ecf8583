/** Equality of what trees are made of. */

/** Whether two lists hold the same objects. */
export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((item, index) => item === b[index]));
}

/** Whether two values of a tree are equal: plain objects, lists and primitives. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index++) {
      if (!isEqual(a[index], b[index])) return false;
    }
    return true;
  }
  if (!isObject(a) || !isObject(b) || Array.isArray(b)) return false;
  let keys = 0;
  for (const key in a) {
    keys++;
    if (!isEqual(a[key], b[key]) || !(key in b)) return false;
  }
  for (const _ in b) keys--;
  return keys === 0;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
