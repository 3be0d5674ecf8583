/**
 * Knows the mistakes that people make in KDL, by the text of a word that is none, and what they meant by
 * it. The word then counts as corrected, so that one mistake gives one diagnostic.
 */
import { nearest } from "../diagnostics/did-you-mean.js";
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { fault, type Reading } from "./reading.js";

/** Where a word stands, which decides what was meant by it. */
export type Role =
  | { readonly kind: "name" }
  | { readonly kind: "argument"; readonly node: string }
  | { readonly kind: "property"; readonly name: string };

/** `true` for `#true`, or a value of an enum that has to be quoted. */
export function explainKeyword(
  reading: Reading,
  word: string,
  span: Span,
  role: Role,
): syntax.Value {
  const asText = role.kind === "name" || (role.kind === "argument" && role.node === "enum");
  const meant = asText ? JSON.stringify(word) : `#${word}`;
  fault(
    reading,
    "MZ1007",
    span,
    `write ${meant}`,
    { word },
    {
      help: asText ? `as a name it stands in quotes: ${meant}` : `did you mean \`${meant}\`?`,
      fix: { span, replacement: meant },
    },
  );
  if (asText) return { value: { kind: "string", text: word }, span, written: "quoted" };
  return { value: keyword(word), span, written: "keyword" };
}

function keyword(word: string): syntax.Scalar {
  switch (word) {
    case "true":
    case "false":
      return { kind: "boolean", value: word === "true" };
    case "null":
      return { kind: "null" };
    default: {
      const value = word === "nan" ? NaN : word === "inf" ? Infinity : -Infinity;
      return { kind: "number", value, image: `#${word}`, integral: false };
    }
  }
}

const text = (value: string, span: Span, written: "bare" | "quoted"): syntax.Value => ({
  value: { kind: "string", text: value },
  span,
  written,
});

/** Says what is wrong with a run of text without spaces. Null when it stands for nothing. */
export function explain(
  reading: Reading,
  run: string,
  span: Span,
  role: Role,
): syntax.Value | null {
  const listed = listOf(run);
  if (listed !== null) {
    fault(
      reading,
      "MZ1011",
      span,
      "a list is written `list<…>`",
      {},
      {
        help: `write \`${listed}\``,
        fix: { span, replacement: listed },
      },
    );
    return text(listed, span, "bare");
  }
  if (/[[\]]/.test(run)) {
    fault(
      reading,
      "MZ1011",
      span,
      "square brackets",
      {},
      {
        help: "a list of values is written with spaces between them; the type of a list is `list<T>`",
      },
    );
    return null;
  }
  if (/[()]/.test(run)) {
    const call = /^(list|map)\((.*)\)(\??)$/.exec(run);
    const meant = call ? `${call[1]}<${call[2]}>${call[3]}` : JSON.stringify(run);
    fault(
      reading,
      "MZ1019",
      span,
      "needs quotes",
      {},
      {
        help: `write \`${meant}\``,
        fix: { span, replacement: meant },
      },
    );
    return text(call ? meant : run, span, call ? "bare" : "quoted");
  }
  if (run.startsWith("#")) return explainHash(reading, run, span);
  if (/^[+-]?\.?\d/.test(run)) return explainNumber(reading, run, span, role);
  const meant = JSON.stringify(run);
  fault(
    reading,
    "MZ1031",
    span,
    "needs quotes",
    { text: run },
    {
      help: `write \`${meant}\``,
      fix: { span, replacement: meant },
    },
  );
  return text(run, span, "quoted");
}

/** `string[]`, `[string]` and `list[string]` as the language writes them. */
function listOf(run: string): string | null {
  const suffix = /^([^[\]]+?)((?:\[\])+)(\??)$/.exec(run);
  if (suffix) {
    const [, item = "", brackets = "", optional = ""] = suffix;
    const depth = brackets.length / 2;
    return "list<".repeat(depth) + item + ">".repeat(depth) + optional;
  }
  const around = /^(list|map)?\[([^[\]]+)\](\??)$/.exec(run);
  return around ? `${around[1] ?? "list"}<${around[2]}>${around[3]}` : null;
}

function explainHash(reading: Reading, run: string, span: Span): syntax.Value | null {
  const known = ["#true", "#false", "#null", "#inf", "#-inf", "#nan"];
  const synonyms: Readonly<Record<string, string>> = {
    "#yes": "#true",
    "#on": "#true",
    "#no": "#false",
    "#off": "#false",
    "#none": "#null",
    "#nil": "#null",
    "#undefined": "#null",
  };
  const meant = synonyms[run.toLowerCase()] ?? nearest(run, known);
  fault(
    reading,
    "MZ1018",
    span,
    "unknown keyword",
    { word: run },
    {
      help:
        meant === null ? "keywords are `#true`, `#false`, `#null`" : `did you mean \`${meant}\`?`,
      fix: meant === null ? null : { span, replacement: meant },
    },
  );
  if (meant === null) return null;
  return { value: keyword(meant.slice(1)), span, written: "keyword" };
}

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function explainNumber(reading: Reading, run: string, span: Span, role: Role): syntax.Value | null {
  const duration = /^(\d+)(s|m|h|d)$/.exec(run);
  const bareDot = /^([+-]?)(\d*)\.(\d*)$/.exec(run);
  const number =
    duration !== null && role.kind === "property"
      ? String(Number(duration[1]) * (secondsPer[duration[2] ?? ""] ?? 1))
      : bareDot !== null
        ? `${bareDot[1]}${bareDot[2] || "0"}.${bareDot[3] || "0"}`
        : null;
  const meant = number ?? JSON.stringify(run);
  fault(
    reading,
    "MZ1008",
    span,
    number === null ? "needs quotes" : `write ${meant}`,
    { text: run },
    {
      help:
        duration !== null && number !== null
          ? `durations are numbers of seconds: \`${meant}\``
          : number !== null
            ? `write \`${meant}\``
            : `text that begins with a digit stands in quotes: \`${meant}\``,
      fix: { span, replacement: meant },
    },
  );
  if (number === null) return text(run, span, "quoted");
  const value = {
    kind: "number",
    value: Number(number),
    image: number,
    integral: !/\./.test(number),
  } as const;
  return { value, span, written: "number" };
}
