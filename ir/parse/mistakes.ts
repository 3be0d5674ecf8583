/**
 * Knows the mistakes that people make in KDL by the text of a word that is none, and what they meant. The
 * word then counts as corrected, so that one mistake gives one diagnostic.
 */
import { nearest } from "../diagnostics/did-you-mean.js";
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { explainBrackets, explainComputed, explainEffect, explainParentheses } from "./brackets.js";
import { kinds } from "./kdljs.js";
import { fault, quote, shorten, spanOf, type Reading } from "./reading.js";
import { toKeyword, toText } from "./values.js";

/** Where a word stands, which decides what was meant by it. */
export type Role =
  /** The name of a node or a property. */
  | { readonly kind: "name" }
  | { readonly kind: "argument"; readonly node: string }
  | { readonly kind: "property" };

/** Says what is wrong with a run of text. Null when it stands for nothing that could be used. */
export function explainRun(
  reading: Reading,
  run: string,
  span: Span,
  role: Role,
): syntax.Value | null {
  if (/^['`\u2018-\u201f\u00ab]/.test(run)) return explainQuotes(reading, run, span);
  if (/[[\]]/.test(run)) return explainBrackets(reading, run, span, role);
  if (/[()]/.test(run)) {
    return (
      explainEffect(reading, run, span, role) ??
      explainComputed(reading, run, span, role) ??
      explainParentheses(reading, run, span, role)
    );
  }
  if (run.startsWith("#")) return explainHash(reading, run, span);
  if (/^[+-]?\.?\d/.test(run)) return explainNumber(reading, run, span, role);
  if (run === "*/") {
    fault(reading, "MZ1001", { found: "`*/`" }, span, {
      label: "closes no comment",
      help: "remove it",
      fix: { span, replacement: "" },
    });
    return null;
  }
  const meant = quote(run);
  fault(reading, "MZ1031", { text: shorten(run) }, span, {
    label: "needs quotes",
    help: `write \`${shorten(meant)}\``,
    fix: { span, replacement: meant },
  });
  return toText(run, span, "quoted");
}

function explainQuotes(reading: Reading, run: string, span: Span): syntax.Value {
  const text = run.slice(1).replace(/['`\u2018-\u201f\u00bb]$/, "");
  const meant = quote(text);
  fault(reading, "MZ1032", { mark: run.charAt(0) }, span, {
    label: "not a string",
    help: `write \`${shorten(meant)}\``,
    fix: { span, replacement: meant },
  });
  return toText(text, span, "quoted");
}

const keywords = ["#true", "#false", "#null", "#inf", "#-inf", "#nan"];

/** What `#true`, `#false` and `#null` are called elsewhere. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ["#yes", "#true"],
  ["#on", "#true"],
  ["#no", "#false"],
  ["#off", "#false"],
  ["#none", "#null"],
  ["#nil", "#null"],
  ["#undefined", "#null"],
]);

function explainHash(reading: Reading, run: string, span: Span): syntax.Value | null {
  const meant = keywordFor(run);
  fault(reading, "MZ1018", { word: shorten(run) }, span, {
    label: "not a keyword",
    help:
      meant === null
        ? "the keywords are `#true`, `#false` and `#null`"
        : `did you mean \`${meant}\`?`,
    fix: meant === null ? null : { span, replacement: meant },
  });
  return meant === null ? null : toKeyword(meant.slice(1), span);
}

function keywordFor(run: string): string | null {
  return synonyms.get(run.toLowerCase()) ?? nearest(run, keywords);
}

/**
 * Moves over `# text` or `#text`, as other languages write comments, and reports it: the rest of the line
 * belongs to it. False when the cursor stands at something else.
 */
export function skipHashComment(reading: Reading, role: Role): boolean {
  const { cursor } = reading;
  const token = cursor.peek();
  if (token?.tokenType !== kinds.UnknownKeyword) return false;
  const isWord = role.kind !== "name" || keywordFor(token.image) !== null;
  if (token.image !== "#" && isWord) return false;
  const sign = spanOf(reading, token.startOffset, token.startOffset + 1);
  fault(reading, "MZ1033", {}, sign, {
    label: "not a comment",
    help: "comments begin with `//`",
    fix: { span: sign, replacement: "//" },
  });
  while (!cursor.atLineEnd) cursor.advance();
  return true;
}

const secondsPer: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

function explainNumber(reading: Reading, run: string, span: Span, role: Role): syntax.Value | null {
  // What stands there instead is told by who knows the node, as for keywords.
  if (role.kind === "argument" && role.node === "cache") return toText(run, span, "bare");
  const duration = role.kind === "property" ? /^(\d{1,9})(s|m|h|d)$/.exec(run) : null;
  const meant =
    duration !== null
      ? String(Number(duration[1]) * (secondsPer[duration[2] ?? ""] ?? 1))
      : toNumberText(run);
  const written = meant ?? quote(run);
  fault(reading, "MZ1008", { text: shorten(run) }, span, {
    label: meant === null ? "needs quotes" : "not a number",
    help:
      duration !== null
        ? `a duration is a number of seconds: write \`${written}\``
        : `write \`${shorten(written)}\``,
    fix: { span, replacement: written },
  });
  // As a property's value it was more likely meant as a number, and which one nobody knows.
  if (meant === null) return role.kind === "property" ? null : toText(run, span, "quoted");
  const integral = !meant.includes(".");
  const value = { kind: "number", value: Number(meant), image: meant, integral } as const;
  return { value, span, written: "number" };
}

/** `.5`, `1.` and `1,000` as KDL writes them; null for what is no number. */
function toNumberText(run: string): string | null {
  if (/^[+-]?\d{1,3}(,\d{3})+$/.test(run)) return run.replaceAll(",", "");
  const dot = /^([+-]?)(\d*)\.(\d*)$/.exec(run);
  return dot ? `${dot[1]}${dot[2] || "0"}.${dot[3] || "0"}` : null;
}
