/** `true` where `#true`, a text or a type is meant: what it is depends on where it stands. */
import type { Fix } from "../diagnostics/diagnostic.js";
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import type { Role } from "./mistakes.js";
import { fault, quote, shorten, spanOf, type Reading } from "./reading.js";
import { toKeyword, toText } from "./values.js";

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
