/**
 * Knows the mistakes that people make in KDL by the text of a word that is none, and what they meant. The
 * word then counts as corrected, so that one mistake gives one diagnostic.
 */
import { nearest } from "../diagnostics/did-you-mean.js";
import type { Fix } from "../diagnostics/diagnostic.js";
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { keywordValue } from "./keywords.js";
import { kinds } from "./kdljs.js";
import { fault, quote, shorten, spanOf, type Reading } from "./reading.js";

/** Where a word stands, which decides what was meant by it. */
export type Role =
  /** The name of a node or a property. */
  | { readonly kind: "name" }
  | { readonly kind: "argument"; readonly node: string }
  | { readonly kind: "property" };

/** `true` for `#true`, or a name or the value of an enum, which has to be quoted. */
export function explainKeyword(
  reading: Reading,
  word: string,
  span: Span,
  role: Role,
): syntax.Value {
  // Behind `|` it is an arm of a type with spaces, which is told as a whole.
  const before = reading.text.slice(Math.max(0, span.start - 20), span.start);
  if (word === "null" && /\|[ \t]+$/.test(before)) return toText(word, span, "bare");
  if (word === "null" && isTypePlace(role, before)) return toText(word, span, "bare");
  // `string? = null` has a sign too many, which is told as a whole too.
  if (/\?[ \t]*=[ \t]*$/.test(before)) return toKeyword(word, span);
  if (role.kind === "argument" && role.node === "auth") return explainGuard(reading, word, span);
  // `cache true` would be as wrong with a sign: what stands there instead is told by who knows the node.
  if (role.kind === "argument" && role.node === "cache") return toKeyword(word, span);
  const isFlag = role.kind === "argument" && flags.has(role.node) && word === "true";
  if (isFlag) return explainFlag(reading, role.node, span);
  const isText = role.kind === "name" || (role.kind === "argument" && isNamePlace(role, before));
  const line = word === "null" && role.kind === "property" ? nullableLine(reading, span) : null;
  if (line !== null) {
    const label = "needs a `#`, and a type that may be null";
    const help = `write \`${shorten(line.replacement)}\``;
    fault(reading, "MZ1007", { word }, span, { label, help, fix: line });
    return toKeyword(word, span);
  }
  const meant = isText ? quote(word) : `#${word}`;
  fault(reading, "MZ1007", { word }, span, {
    label: isText ? "needs quotes" : "needs a `#`",
    help: isText ? `to mean the text, write \`${meant}\`` : `write \`${meant}\``,
    fix: { span, replacement: meant },
  });
  return isText ? toText(word, span, "quoted") : toKeyword(word, span);
}

/**
 * `note string default=null`: the line with a type that may be null. Null where the type may be already, and for
 * a name, which may stand for one that is.
 */
function nullableLine(reading: Reading, { start, end }: Span): Fix | null {
  const before = reading.text.slice(Math.max(0, start - 200), start);
  const [, line = "", name = "", type = "", options = ""] =
    /(?:^|[\n;{])[ \t]*((\w+)[ \t]+([a-z]+|(?:list|map)<[^\s"?|]+>)((?:[ \t]+[\w-]+=[^\s"]+)*[ \t]+default=))$/.exec(
      before,
    ) ?? [];
  if (line === "" || type === "json") return null;
  const span = spanOf(reading, start - line.length, end);
  return { span, replacement: `${name} ${type}?${options}#null` };
}

/** Properties and nodes that take values: everywhere else a type may stand, and null is a part of one. */
const valued =
  /^(default|required|deprecated|message|pattern|accept|slot|by|op|value|cursor|limit|items|next)$/;
export const plainNodes =
  /^(type|enum|error|context|view|channel|form|unlisted|input|errors|auth|rev|cache|transport|paginate|private|deprecated|doc|affects|merge|route|methods|live|param|camel|has-input|output|output-nullable|output-nothing|primitive|ref)$/;

/**
 * Whether a type is expected where `null` stands. What is wrong with it is then said of the type, since a
 * keyword would be no better.
 */
function isTypePlace(role: Role, before: string): boolean {
  switch (role.kind) {
    case "name":
      return false;
    case "property":
      return !valued.test(/([\w-]+)[ \t]*=[ \t]*$/.exec(before)?.[1] ?? "default");
    case "argument":
      if (role.node === "function") return /->[ \t]*$|\bor[ \t]+$/.test(before);
      return !plainNodes.test(role.node);
  }
}

/** Whether a text is expected there: a value of an enum, or the name of what is declared or referred to. */
function isNamePlace({ node }: { readonly node: string }, before: string): boolean {
  if (/^(enum|errors)$/.test(node)) return true;
  return /\b(type|error|context|function|view|channel|affects|merge)[ \t]+$/.test(before);
}

/** Nodes that are said by standing there. */
const flags: ReadonlySet<string> = new Set(["private", "live"]);

/** `private true`: the node alone says it. */
function explainFlag(reading: Reading, node: string, span: Span): syntax.Value {
  fault(reading, "MZ1007", { word: "true" }, span, {
    label: "not needed",
    help: `write \`${node}\``,
    fix: { span, replacement: "" },
  });
  return toKeyword("true", span);
}

/** `auth true`: a guard is named. */
function explainGuard(reading: Reading, word: string, span: Span): syntax.Value {
  const meant = word === "true" ? "required" : "none";
  fault(reading, "MZ1007", { word }, span, {
    label: "not a guard",
    help: `write \`auth ${meant}\``,
    fix: { span, replacement: meant },
  });
  return toText(meant, span, "bare");
}

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
      explainParentheses(reading, run, span)
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

/** Nodes that name one thing. */
const named = /^(affects|merge|context|auth|transport)$/;

function explainBrackets(
  reading: Reading,
  run: string,
  span: Span,
  role: Role,
): syntax.Value | null {
  const meant = toListType(run);
  // `tags: string[]` has a sign too many, which is told with the whole line.
  if (meant !== null && role.kind === "argument" && role.node.endsWith(":")) {
    return toText(meant, span, "bare");
  }
  const [, word] = /^\[([\w.]+)\]$/.exec(run) ?? [];
  if (word !== undefined && role.kind === "argument" && named.test(role.node)) {
    const help = `write \`${role.node} ${shorten(word)}\``;
    fault(reading, "MZ1011", {}, span, {
      label: "not needed",
      help,
      fix: { span, replacement: word },
    });
    return toText(word, span, "bare");
  }
  if (meant === null) {
    fault(reading, "MZ1011", {}, span, {
      label: "square brackets",
      help: "several values stand side by side, with spaces; the type of a list is `list<T>`",
    });
    return null;
  }
  fault(reading, "MZ1011", {}, span, {
    label: "a list type",
    help: `write \`${shorten(meant)}\``,
    fix: { span, replacement: meant },
  });
  return toText(meant, span, "bare");
}

/** `string[]`, `[string]` and `list[string]` as the language writes them; null for anything else. */
function toListType(written: string): string | null {
  // GraphQL's sign for what is never null.
  const run = written.replace(/!(?=\]|$)/g, "");
  const suffix = /^([^[\](),]+)((?:\[\]){1,8})(\??)$/.exec(run);
  if (suffix) {
    const [, item = "", brackets = "", optional = ""] = suffix;
    const depth = brackets.length / 2;
    return "list<".repeat(depth) + item + ">".repeat(depth) + optional;
  }
  const around = /^(list|map)?\[([^[\](),]+)\](\??)$/.exec(run);
  return around ? `${around[1] ?? "list"}<${around[2]}>${around[3]}` : null;
}

/** `affects user(id)`: params stand behind the context. Null for anything else. */
function explainEffect(reading: Reading, run: string, span: Span, role: Role): syntax.Value | null {
  const node = role.kind === "argument" ? role.node : "";
  const [, context, params] = /^(\w+)\(([\w\s,]*)\)$/.exec(run) ?? [];
  if (!/^(affects|merge)$/.test(node) || context === undefined) return null;
  const names = params?.match(/\w+/g) ?? [];
  const meant = [context, ...names.map((name) => `${name}=input.${name}`)].join(" ");
  fault(reading, "MZ1019", {}, span, {
    label: "no call",
    help: `write \`${node} ${shorten(meant)}\``,
    fix: { span, replacement: meant },
  });
  return toText(context, span, "bare");
}

/** `default=now()`: a value that would have to be worked out. Null for anything else. */
function explainComputed(
  reading: Reading,
  run: string,
  span: Span,
  role: Role,
): syntax.Value | null {
  const before = reading.text.slice(Math.max(0, span.start - 20), span.start);
  if (role.kind !== "property" || !/\bdefault=$/.test(before) || !/^[\w.]+\(/.test(run))
    return null;
  fault(reading, "MZ1019", {}, span, {
    label: "no call",
    help: "a default is a value: leave it out, and let the handler work it out",
  });
  return { value: keywordValue("null"), span, written: "keyword" };
}

function explainParentheses(reading: Reading, run: string, span: Span): syntax.Value {
  const [, sized, size] = /^(string|bytes)\((\d+)\)$/.exec(run) ?? [];
  if (sized !== undefined) {
    const replacement = `${sized} max-length=${size}`;
    const help = `write \`${shorten(replacement)}\``;
    fault(reading, "MZ1019", {}, span, { label: "a length", help, fix: { span, replacement } });
    return toText(sized, span, "bare");
  }
  const generic = /^(list|map)\(([^()]*)\)(\??)$/.exec(run);
  const meant = generic ? `${generic[1]}<${generic[2]}>${generic[3]}` : quote(run);
  fault(reading, "MZ1019", {}, span, {
    label: generic ? "a type" : "needs quotes",
    help: `write \`${shorten(meant)}\``,
    fix: { span, replacement: meant },
  });
  return generic ? toText(meant, span, "bare") : toText(run, span, "quoted");
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

function toText(text: string, span: Span, written: "bare" | "quoted"): syntax.Value {
  return { value: { kind: "string", text }, span, written };
}

function toKeyword(word: string, span: Span): syntax.Value {
  return { value: keywordValue(word), span, written: "keyword" };
}
