/**
 * How any value is told in a line, and what is below it. Data may be of a transport of the application, so nothing
 * is taken for granted: it may go round in circles, throw when it is read, or be endless. Nothing is read before
 * somebody looks.
 */
import { isObject } from "../wire/json.js";
import { clip } from "./text.js";

const LONGEST_LINE = 240;
/** Of one text. What is longer is cut, also where all of it is asked for. */
export const LONGEST_TEXT = 20_000;

export type Described =
  | {
      readonly kind: "text" | "number" | "word" | "odd";
      readonly text: string;
      /** More of it, where the text is only its beginning. */
      readonly whole: string | null;
    }
  | { readonly kind: "branch"; readonly text: string; readonly size: number };

export const describeValue = (value: unknown, ancestors: readonly unknown[] = []): Described => {
  try {
    return described(value, ancestors);
  } catch {
    return odd("(cannot be read)");
  }
};

const odd = (text: string): Described => ({ kind: "odd", text, whole: null });

const described = (value: unknown, ancestors: readonly unknown[]): Described => {
  if (typeof value === "string") {
    const quoted = JSON.stringify(clip(value, LONGEST_TEXT));
    const isLong = quoted.length > LONGEST_LINE;
    return { kind: "text", text: clip(quoted, LONGEST_LINE), whole: isLong ? quoted : null };
  }
  if (typeof value === "number") return { kind: "number", text: String(value), whole: null };
  if (typeof value === "bigint") return { kind: "number", text: clip(`${value}n`), whole: null };
  if (typeof value === "function") return odd("ƒ");
  if (typeof value === "symbol") return odd(clip(String(value)));
  if (!isObject(value)) return { kind: "word", text: String(value), whole: null };
  if (ancestors.includes(value)) return odd("↻ what it is in");
  if (value instanceof Date) return odd(Number.isNaN(+value) ? "(no date)" : value.toISOString());
  const size = Array.isArray(value) ? value.length : Object.keys(value).length;
  if (Array.isArray(value)) return { kind: "branch", text: `[${size}]`, size };
  return { kind: "branch", text: size === 0 ? "{}" : `{${preview(value)}}`, size };
};

/** The first names, so that a closed object says what it is. */
const preview = (value: object): string => {
  const names = Object.keys(value);
  const first = names.slice(0, 6).map((name) => clip(name, 24));
  return clip([...first, ...(names.length > 6 ? ["…"] : [])].join(", "), 100);
};

/** What is below a branch: names and values, from one on, so many. Those that throw are told as such. */
export const childrenOf = (
  value: unknown,
  count: number,
): readonly (readonly [name: string, read: () => unknown])[] => {
  if (!isObject(value)) return [];
  try {
    const names = Array.isArray(value)
      ? Array.from({ length: Math.min(count, value.length) }, (_, index) => String(index))
      : Object.keys(value).slice(0, count);
    return names.map((name) => [name, () => value[name]] as const);
  } catch {
    return [];
  }
};

/** What is read, or the text of why it cannot be. */
export const readSafely = (read: () => unknown): unknown => {
  try {
    return read();
  } catch {
    return UNREADABLE;
  }
};

/** Stands for a value that threw. Describes itself as what it is. */
const UNREADABLE: object = new Proxy(
  {},
  {
    ownKeys: () => {
      throw Error("Unreadable");
    },
  },
);

/** As JSON, for the clipboard; what JSON cannot say is told in words. */
export const toJson = (value: unknown): string => {
  const open: object[] = [];
  try {
    const text = JSON.stringify(
      value,
      function (this: unknown, _, part: unknown) {
        if (typeof part === "bigint") return `${part}n`;
        if (!isObject(part)) return part;
        while (open.length > 0 && open.at(-1) !== this) open.pop();
        if (open.includes(part)) return "(circular)";
        open.push(part);
        return part;
      },
      2,
    );
    return text ?? String(value);
  } catch {
    return "(cannot be read)";
  }
};
