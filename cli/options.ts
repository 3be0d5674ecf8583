/** Option values as commander hands them over, read into types: the one place that looks at them. */
import { UsageError } from "./usage.js";

export type OptionValues = Readonly<Record<string, unknown>>;

export function toFlag(values: OptionValues, name: string): boolean {
  return values[name] === true;
}

/** A text; null when the option is not given. An empty one is refused: no option has a use for it. */
export function toText(values: OptionValues, name: string): string | null {
  const value = values[name];
  if (typeof value !== "string") return null;
  return notEmpty(value, name);
}

export function toList(values: OptionValues, name: string): readonly string[] {
  const value = values[name];
  if (!Array.isArray(value)) return [];
  return value.filter((item) => typeof item === "string").map((item) => notEmpty(item, name));
}

export function toWord<Word extends string>(
  values: OptionValues,
  name: string,
  words: readonly Word[],
): Word | null {
  return words.find((word) => word === values[name]) ?? null;
}

function notEmpty(value: string, name: string): string {
  if (value === "" || value.includes("\0")) throw new UsageError(`--${name} needs a value`);
  return value;
}
