/** Checks of what an application hands to a driver: everything that is wrong is named at once. */

type Check = (value: unknown) => string | null;

export const isPositiveInteger: Check = (value) =>
  Number.isSafeInteger(value) && Number(value) > 0 ? null : "must be a positive whole number";

/** Throws a TypeError that lists unknown options and those whose check says what they must be. */
export function checkOptions(
  maker: string,
  options: object,
  checks: Readonly<Record<string, Check>>,
): void {
  const faults = Object.entries(options).flatMap(([name, value]) => {
    if (!Object.hasOwn(checks, name)) return [`${name} is no option`];
    const fault = value === undefined ? null : (checks[name]?.(value) ?? null);
    return fault === null ? [] : [`${name} ${fault}`];
  });
  if (faults.length > 0) throw new TypeError(`${maker}: ${faults.join("; ")}`);
}
