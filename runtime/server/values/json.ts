/** JSON text and JSON values of which the contract says nothing more. */
import type { Codec } from "./codec.js";
import type { Issues } from "./issues.js";
import { isRecord, isPlainObject, setOwn, type Plain } from "./own.js";
import { HALF_A_CHARACTER, HALF_A_KEY, isWellFormed } from "./scalars.js";

/** Arrays and objects inside each other, the outermost counted. */
export const MOST_NESTED = 64;

/** Whether a JSON text nests deeper than `MOST_NESTED`. Text that is no JSON gets some answer. */
export function nestsTooDeep(text: string): boolean {
  if (!couldNestTooDeep(text)) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (inString) {
      if (unit === 0x5c) at++;
      else if (unit === 0x22) inString = false;
    } else if (unit === 0x22) inString = true;
    else if (unit === 0x5b || unit === 0x7b) {
      if (++depth > MOST_NESTED) return true;
    } else if (unit === 0x5d || unit === 0x7d) depth--;
  }
  return false;
}

/** The same of a value that somebody else parsed, which may be deeper than the stack. */
export function valueNestsTooDeep(value: unknown): boolean {
  let level = [value].filter(isContainer);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MOST_NESTED) return true;
    level = level.flatMap((container) => Object.values(container).filter(isContainer));
  }
  return false;
}

const isContainer = (value: unknown): value is object =>
  typeof value === "object" && value !== null;

/** Counts all opening brackets, those in strings too: most bodies have too few for a closer look. */
function couldNestTooDeep(text: string): boolean {
  let open = 0;
  // Searched for, not looked at unit by unit: a fortieth of the time for a body of a kilobyte.
  for (const bracket of ["[", "{"]) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      if (++open > MOST_NESTED) return true;
    }
  }
  return false;
}

/** The codec of `json`, and of values given as JSON text in a query. */
export const jsonCodec: Codec = {
  parse: checkJson,
  coerce: jsonTextOf(checkJson),
  encode: checkJson,
  optional: false,
  shallow: false,
  declaredKeys: null,
  takeFiles: null,
  item: null,
};

/** A struct or a map in a query is JSON text. Undefined, with an issue, when it is none. */
export function parseJsonText(text: string, issues: Issues): unknown {
  try {
    if (nestsTooDeep(text)) return issues.add(`Nested deeper than ${MOST_NESTED}`);
    return JSON.parse(text);
  } catch {
    return issues.add("Expected JSON text");
  }
}

/** Coerces a shape that a query carries as JSON text, of which the last counts. */
export function jsonTextOf(parse: Codec["parse"]): Codec["coerce"] {
  return (texts, issues) => {
    const value = parseJsonText(texts[texts.length - 1] ?? "", issues);
    return value === undefined ? undefined : parse(value, issues);
  };
}

/** A copy that JSON can carry: dates become text, undefined members are left out. */
function checkJson(value: unknown, issues: Issues): unknown {
  switch (typeof value) {
    case "string":
      return isWellFormed(value) ? value : issues.add(HALF_A_CHARACTER);
    case "boolean":
      return value;
    case "number":
      return Number.isFinite(value) ? value : issues.add("Expected a finite number");
    case "object":
      return value === null ? null : checkJsonObject(value, issues);
    default:
      return issues.add(`Expected a JSON value, not ${typeof value}`);
  }
}

function checkJsonObject(value: object, issues: Issues): unknown {
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const before = issues.count;
      const checked = checkJson(item, issues);
      if (issues.count !== before) issues.prefix(before, index);
      return checked;
    });
  }
  if (!isRecord(value)) return issues.add("Expected a JSON value");
  if (typeof value["toJSON"] === "function") return checkJson(value["toJSON"](), issues);
  if (!isPlainObject(value)) return issues.add("Expected a JSON value, not an instance of a class");
  const copy: Plain = {};
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (member === undefined) continue;
    if (issues.full) break;
    const before = issues.count;
    if (!isWellFormed(name)) issues.add(HALF_A_KEY);
    setOwn(copy, name, checkJson(member, issues));
    if (issues.count !== before) issues.prefix(before, name);
  }
  return copy;
}
