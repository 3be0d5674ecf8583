/** What differs between an answer and what a probe expects of it; nothing when it holds. */
import { isDeepStrictEqual } from "node:util";
import type { Expectation, Pattern, Wanted } from "./probe.js";

export type Answer = {
  readonly status: number;
  /** By lower-case name; of a repeated header all values. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly text: string;
};

export function differences(expect: Expectation, answer: Answer): string[] {
  const found = [...statusAndHeaders(expect, answer)];
  if (expect.bodyEmpty === true && answer.text !== "") found.push(`a body: ${answer.text}`);
  for (const text of expect.bodyLacks ?? []) {
    if (text !== "" && answer.text.includes(text)) found.push(`the body contains ${text}`);
  }
  if (expect.lines) found.push(...lineDifferences(expect.lines, expect.linesMayHave ?? [], answer));
  const wantsJson = ["json", "jsonSubset", "code", "message", "fields"].some((key) => key in expect);
  if (!wantsJson) return found;
  try {
    found.push(...bodyDifferences(expect, JSON.parse(answer.text)));
  } catch {
    found.push(`no JSON: ${answer.text}`);
  }
  return found;
}

function* statusAndHeaders(expect: Expectation, answer: Answer): Generator<string> {
  if (![expect.status].flat().includes(answer.status)) yield `status ${answer.status}`;
  for (const [name, wanted] of Object.entries(expect.headers ?? {})) {
    const values = answer.headers[name.toLowerCase()] ?? [];
    const holds =
      wanted === null
        ? values.length === 0
        : [...values, values.join(", ")].some((value) => value !== "" && fits(wanted, value));
    if (!holds) yield `${name}: ${values.join(", ") || "absent"}`;
  }
}

function* bodyDifferences(expect: Expectation, body: unknown): Generator<string> {
  if ("json" in expect && !equals(expect.json, positiveZero(body))) {
    yield `body ${JSON.stringify(body)}`;
  }
  if ("jsonSubset" in expect && !contains(expect.jsonSubset, body)) {
    yield `body ${JSON.stringify(body)}`;
  }
  const member = (name: string): unknown => (isObject(body) ? body[name] : undefined);
  if (expect.code !== undefined) {
    const envelope = member("error") === true && typeof member("message") === "string";
    if (!envelope || !fits(expect.code, member("code"))) yield `code ${String(member("code"))}`;
  }
  if (expect.message !== undefined && !fits(expect.message, member("message"))) {
    yield `message ${String(member("message"))}`;
  }
  if (expect.fields !== undefined) {
    const details = member("details");
    const fields = isObject(details) && isObject(details["fields"]) ? details["fields"] : {};
    const texts = Object.values(fields).flat();
    const sound = texts.length > 0 && texts.every((text) => typeof text === "string");
    if (!sound || !isDeepStrictEqual(Object.keys(fields).sort(), [...expect.fields].sort())) {
      yield `fields ${JSON.stringify(fields)}`;
    }
  }
}

/** Slots come as they are done, so their order says nothing, but whatever ends a read comes last of it. */
function* lineDifferences(
  wanted: readonly unknown[],
  mayHave: readonly string[],
  { text }: Answer,
): Generator<string> {
  if (!text.endsWith("\n")) yield `a broken line: ${text}`;
  const missing = [...wanted];
  const ended = new Set<unknown>();
  for (const line of text.split("\n").slice(0, -1)) {
    const got: unknown = JSON.parse(line);
    if (!isObject(got) || ended.has(got["i"])) yield `after the end: ${line}`;
    else if ("done" in got || "error" in got) ended.add(got["i"]);
    const at = missing.findIndex((one) => equals(one, got));
    if (at >= 0) missing.splice(at, 1);
    else if (!isObject(got) || !mayHave.some((slot) => slot === got["slot"])) yield `line ${line}`;
  }
  for (const one of missing) yield `no line ${JSON.stringify(one)}`;
}

function fits(wanted: Wanted, got: unknown): boolean {
  if (typeof wanted === "string") return wanted === got;
  if (typeof got !== "string") return false;
  if (isPattern(wanted)) return new RegExp(wanted.pattern, wanted.flags).test(got);
  return wanted.includes(got);
}

/** Every member of `wanted` is in `got`; `{"$pattern": …}` stands for a text. */
function contains(wanted: unknown, got: unknown): boolean {
  if (!isObject(wanted)) return isDeepStrictEqual(wanted, got);
  const pattern = wanted["$pattern"];
  if (typeof pattern === "string") return typeof got === "string" && new RegExp(pattern, "u").test(got);
  return isObject(got) && Object.keys(wanted).every((key) => contains(wanted[key], got[key]));
}

/** As `contains`, and nothing else is in `got`. */
function equals(wanted: unknown, got: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(got) &&
      got.length === wanted.length &&
      wanted.every((member, index) => equals(member, got[index]))
    );
  }
  if (!isObject(wanted) || "$pattern" in wanted) return contains(wanted, got);
  const keys = Object.keys(wanted);
  return (
    isObject(got) &&
    isDeepStrictEqual(Object.keys(got).sort(), [...keys].sort()) &&
    keys.every((key) => equals(wanted[key], got[key]))
  );
}

/** JSON has no negative zero to tell apart. */
const positiveZero = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, member: unknown) => (member === 0 ? 0 : member));

const isPattern = (wanted: readonly string[] | Pattern): wanted is Pattern => "pattern" in wanted;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
