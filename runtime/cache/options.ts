/** Checks of what an application hands to a driver: everything that is wrong is named at once. */

export type Check = (value: unknown) => string | null;

export const isPositiveInteger: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? null : "must be a positive whole number";

/**
 * Lists unknown options, those whose check says what they must be, and those of `required` that are not set: an
 * option may well be written and undefined, where an environment variable was to bring it.
 */
export function faultsOf(
  options: object,
  checks: Readonly<Record<string, Check>>,
  required: readonly string[] = [],
): string[] {
  const values = new Map<string, unknown>(Object.entries(options));
  return [...new Set([...required, ...values.keys()])].flatMap((name) => {
    if (!Object.hasOwn(checks, name)) return [`${name} is no option`];
    const value = values.get(name);
    if (value === undefined) return required.includes(name) ? [`${name} is not set`] : [];
    const fault = checks[name]?.(value) ?? null;
    return fault === null ? [] : [`${name} ${fault}`];
  });
}

/** Throws a TypeError that says all of them, if there are any. */
export function throwFaults(maker: string, faults: readonly string[]): void {
  if (faults.length > 0) throw new TypeError(`${maker}: ${faults.join("; ")}`);
}
