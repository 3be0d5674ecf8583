/**
 * The little language of types: `list<Order>`, `A|B?`, `(A|B)?`, `map<string?>`.
 *
 *     union = term ("|" term)*        null among the terms makes the whole nullable
 *     term  = atom "?"*               binds to the nearest atom; twice is an error
 *     atom  = NAME | ("list" | "map") "<" union ">" | "(" union ")"
 *
 * A type is one KDL string. Its parts have exact spans in the file as long as the string stands there letter
 * by letter; in a string with escapes every part has the span of the whole. What is wrong is reported once,
 * at the first place, and the whole becomes an error.
 */
import { report } from "../diagnostics/catalogue.js";
import { deepestType, type TypeExpr } from "../model/contract.js";
import type { Value } from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { genericHelp, isScalarName } from "./foreign-types.js";
import type { Out } from "./nodes.js";
import { reportValue } from "./nodes.js";
import { shorten } from "./text.js";
import { generic, typeText } from "./type-text.js";

/** The type that a value says. `what` names it in a report: "the type of `user_id`". */
export function parseType(value: Value, what: string, out: Out): TypeExpr {
  if (value.value.kind !== "string") {
    reportValue(value, what, "a type, for example `string` or `list<Order>`", out);
    return { kind: "error", span: value.span };
  }
  const text = value.value.text;
  const [, word, mark] = simpleType.exec(text) ?? [];
  if (word !== undefined) {
    const atom = toAtom(word, mark === "" ? value.span : spansOf(value, text)(0, word.length));
    return mark === "" ? atom : { kind: "optional", inner: atom, span: value.span };
  }
  const parser = createParser(text, value.span, spansOf(value, text));
  const type = parser.parse();
  if (type.kind !== "failed") return type;
  if (!wasQuotedForThem(value, text)) out.push(type.diagnostic);
  return { kind: "error", span: value.span };
}

/** Whether `parse` read as text what was none, and has said so: two quotes would take up room. */
function wasQuotedForThem({ written, span }: Value, text: string): boolean {
  return written === "quoted" && span.end - span.start < text.length + 2;
}

/** Most types are one name, perhaps nullable, and need no parser. */
const simpleType = /^(?!(?:list|map|null)\b)([A-Za-z]\w*)(\??)$/;

function toAtom(word: string, span: Span): TypeExpr {
  return isScalarName(word)
    ? { kind: "scalar", name: word, constraints: [], span }
    : { kind: "name", name: word, span };
}

type Spans = (start: number, end: number) => Span;

/** Maps offsets in a string's text to its file. */
function spansOf(value: Value, text: string): Spans {
  const { file, start, end } = value.span;
  const around = end - start - text.length;
  // An escape is always longer than what it stands for: equal lengths mean that there is none.
  const exact =
    value.written === "bare"
      ? around === 0
      : around === 2 || (value.written === "raw" && around > 2 && around % 2 === 0);
  if (!exact) return () => value.span;
  const open = start + around / 2;
  return (from, to) => ({ file, start: open + from, end: open + to });
}

type Failed = { readonly kind: "failed"; readonly diagnostic: ReturnType<typeof report> };
type Parsed = TypeExpr | Failed;

function createParser(text: string, whole: Span, spanOf: Spans): { parse(): Parsed } {
  let at = 0;
  let depth = 0;

  function skipSpace(): void {
    while (text[at] === " " || text[at] === "\t") at++;
  }

  function fail(start: number, end: number, problem: string, help: string | null): Failed {
    // What is missing at the end is shown at the last character that is there.
    const from = Math.max(0, Math.min(start, text.length - 1));
    const span = text === "" ? whole : spanOf(from, Math.min(Math.max(end, from + 1), text.length));
    return {
      kind: "failed",
      diagnostic: report("MZ3002", { span, text: "here" }, { problem }, { help }),
    };
  }

  function parse(): Parsed {
    const type = parseUnion();
    if (type.kind === "failed") return type;
    skipSpace();
    return at === text.length ? type : failAtRest(type);
  }

  /** Something stands behind a type that is complete. */
  function failAtRest(type: TypeExpr): Failed {
    const rest = text.slice(at);
    const before = typeText(type);
    if (rest.startsWith(",")) {
      return fail(at, text.length, "types are not separated by commas", `write \`${before}\``);
    }
    if (rest.startsWith("[]")) {
      return fail(at, at + 2, "a list is written `list<T>`", `write \`list<${before}>\``);
    }
    return fail(
      at,
      text.length,
      `\`${shorten(rest)}\` is no part of a type`,
      `write \`${before}\``,
    );
  }

  function parseUnion(): Parsed {
    const start = at;
    const members: TypeExpr[] = [];
    let nulls = 0;
    for (;;) {
      skipSpace();
      const term = parseTerm();
      if (term.kind === "failed") return term;
      if (term.kind === "name" && term.name === "null") nulls++;
      else members.push(...(term.kind === "union" ? term.members : [term]));
      skipSpace();
      if (text[at] !== "|") break;
      at++;
    }
    return toUnion(members, nulls, start);
  }

  function toUnion(members: readonly TypeExpr[], nulls: number, start: number): Parsed {
    const span = spanOf(start, at);
    const [first] = members;
    if (first === undefined) {
      return fail(start, at, "`null` alone is no type", "for example `string?`, which may be null");
    }
    const arms = new Set<string>();
    for (const member of members) {
      const arm = typeText(member);
      if (arms.has(arm)) {
        const label = { span: member.span, text: "stands before already" };
        const help = `leave one \`${shorten(arm)}\` out`;
        return { kind: "failed", diagnostic: report("MZ3004", label, {}, { help }) };
      }
      arms.add(arm);
    }
    const type: TypeExpr =
      members.length === 1 ? first : { kind: "union", members, form: "short", span };
    if (nulls === 0) return type;
    if (nulls > 1 || members.some((member) => member.kind === "optional"))
      return nullableTwice(span);
    return { kind: "optional", inner: type, span };
  }

  function nullableTwice(span: Span): Failed {
    const label = { span, text: "nullable twice" };
    const diagnostic = report("MZ3003", label, {}, { help: "one `?` or one `null` is enough" });
    return { kind: "failed", diagnostic };
  }

  function parseTerm(): Parsed {
    const start = at;
    let type = parseAtom();
    if (type.kind === "failed") return type;
    for (;;) {
      skipSpace();
      if (text[at] !== "?") return type;
      at++;
      const span = spanOf(start, at);
      if (type.kind === "optional") return nullableTwice(span);
      if (type.kind === "name" && type.name === "null") return nullableTwice(span);
      type = { kind: "optional", inner: type, span };
    }
  }

  function parseAtom(): Parsed {
    skipSpace();
    const start = at;
    if (depth >= deepestType) {
      return fail(start, start + 1, `types nest at most ${deepestType} deep`, null);
    }
    if (text[at] === "(") {
      at++;
      const inner = nested(parseUnion);
      if (inner.kind === "failed") return inner;
      return close(")", start) ?? inner;
    }
    const word = /^[^\s<>()|?,[\]{}"'=:;]+/.exec(text.slice(at, at + 256))?.[0] ?? "";
    at += word.length;
    if (word === "") {
      const found = text[at];
      const problem = found === undefined ? "a type is missing here" : `\`${found}\` is no type`;
      const [, behind] = /^\?\s*([A-Za-z]\w*)/.exec(text.slice(at, at + 256)) ?? [];
      if (behind !== undefined) return fail(at, at + 1, problem, `write \`${behind}?\``);
      return fail(at, at + 1, problem, "for example `string`, `Order?` or `list<Order>`");
    }
    if (word === "list" || word === "map") return parseGeneric(word, start);
    if (/^\s*</.test(text.slice(at))) return failAtGeneric(word, start);
    return toAtom(word, spanOf(start, at));
  }

  function parseGeneric(word: "list" | "map", start: number): Parsed {
    skipSpace();
    if (text[at] !== "<") {
      const problem = `\`${word}\` does not say of what`;
      return fail(start, at, problem, `for example \`${word}<string>\``);
    }
    at++;
    const inner = nested(parseUnion);
    if (inner.kind === "failed") return inner;
    skipSpace();
    if (text[at] === ",") return failAtSecond(word, inner);
    const unclosed = close(">", start);
    if (unclosed !== null) return unclosed;
    return generic(word, inner, spanOf(start, at));
  }

  /** `Array<string>`: marked up to the bracket that closes it. */
  function failAtGeneric(word: string, start: number): Failed {
    let open = 0;
    let end = text.indexOf("<", at);
    do {
      if (text[end] === "<") open++;
      if (text[end] === ">") open--;
      end++;
    } while (open > 0 && end < text.length);
    const problem = `\`${word}\` takes no type in angle brackets`;
    return fail(start, end, problem, genericHelp(word, shorten(text.slice(start, end))));
  }

  /** `list<A, B>`, `map<string, A>`: the other languages' habit. */
  function failAtSecond(word: "list" | "map", first: TypeExpr): Failed {
    const comma = at;
    at++;
    const second = nested(parseUnion);
    const types = second.kind === "failed" ? [first] : [first, second];
    const last = types[types.length - 1] ?? first;
    const arms = new Set(types.map(typeText));
    const meant = word === "map" ? typeText(last) : [...arms].join("|");
    const problem =
      word === "map" ? "`map` takes one type: its keys are always text" : "`list` takes one type";
    return fail(comma, at, problem, `write \`${word}<${meant}>\``);
  }

  function nested(parsePart: () => Parsed): Parsed {
    depth++;
    const part = parsePart();
    depth--;
    return part;
  }

  function close(sign: ">" | ")", start: number): Failed | null {
    skipSpace();
    if (text[at] === sign) {
      at++;
      return null;
    }
    const problem = `\`${sign}\` is missing`;
    return fail(
      start,
      Math.max(at, start + 1),
      problem,
      `write \`${shorten(text.slice(0, at))}${sign}\``,
    );
  }

  return { parse };
}
