/** Square brackets and parentheses: types, lists, params and calls as other languages write them. */
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import type { Role } from "./mistakes.js";
import { fault, quote, shorten, type Reading } from "./reading.js";
import { toKeyword, toText } from "./values.js";

/** Nodes that name one thing. */
const named = /^(affects|merge|context|auth|transport)$/;

export function explainBrackets(
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
export function explainEffect(
  reading: Reading,
  run: string,
  span: Span,
  role: Role,
): syntax.Value | null {
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

/** `affects(user)`, and the fields of `type A (id integer)`: what is written there. Null for anything else. */
function asStatement(run: string, role: Role): string | null {
  const [, effect, context] = /^(affects|merge)\((\w+)\)$/.exec(run) ?? [];
  if (role.kind === "name" && effect !== undefined) return `${effect} ${context}`;
  const [, fields] = /^\((\w+[ \t]+[\w<>?|]+(?:,[ \t]*\w+[ \t]+[\w<>?|]+)*)\)$/.exec(run) ?? [];
  const isDeclaration = role.kind === "argument" && /^(type|error)$/.test(role.node);
  return fields !== undefined && isDeclaration ? `{ ${fields.split(/,\s*/).join("; ")} }` : null;
}

/** `default=now()`: a value that would have to be worked out. Null for anything else. */
export function explainComputed(
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
  return toKeyword("null", span);
}

export function explainParentheses(
  reading: Reading,
  run: string,
  span: Span,
  role: Role,
): syntax.Value | null {
  const [, sized, size] = /^(string|bytes)\((\d+)\)$/.exec(run) ?? [];
  if (sized !== undefined) {
    const replacement = `${sized} max-length=${size}`;
    const help = `write \`${shorten(replacement)}\``;
    fault(reading, "MZ1019", {}, span, { label: "a length", help, fix: { span, replacement } });
    return toText(sized, span, "bare");
  }
  const statement = asStatement(run, role);
  if (statement !== null) {
    fault(reading, "MZ1019", {}, span, {
      label: "no parentheses",
      help: `write \`${shorten(statement)}\``,
      fix: { span, replacement: statement },
    });
    return null;
  }
  const [, values] = /^enum\(([\w\s,|"]+)\)$/.exec(run) ?? [];
  if (values !== undefined) {
    const help = `declare an enum and use its name: \`enum Name ${values.split(/[\s,|]+/).join(" ")}\``;
    fault(reading, "MZ1019", {}, span, { label: "has no name here", help });
    return null;
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
