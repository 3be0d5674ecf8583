/** Reading and writing properties whose names come from a contract or a request: they are data, never behaviour. */

export type Plain = { [name: string]: unknown };

/** Any object but an array; `isObject` of the wire takes those, too. */
export const isRecord = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object that JSON or a literal made: no class, so its keys are all there is to it. */
export function isPlainObject(value: unknown): value is Plain {
  if (!isRecord(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of all objects has none itself, in another realm as well as here.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Every object has these, so reading one must ask whether it is the object's own. */
export const isInherited = (name: string): boolean => name in Object.prototype;

/** Sets a property even where assignment would mean something else. */
export function setOwn<Value>(target: { [name: string]: Value }, name: string, value: Value): void {
  if (name === "__proto__") {
    Object.defineProperty(target, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    target[name] = value;
  }
}

/** An own property, or undefined. */
export const getOwn = (value: Plain, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name] : undefined;
