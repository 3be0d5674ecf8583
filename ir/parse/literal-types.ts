/** Literals as types, `"admin" | "member"`: the language has enums for that. */
import type * as syntax from "../model/syntax.js";
import type { Draft } from "./draft.js";
import type { Token } from "./kdljs.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";

/** Nodes whose arguments are names or values, so that a sign between them means something else. */
const listNodes: ReadonlySet<string> = new Set(["enum", "errors", "methods", "affects", "merge"]);

const part = String.raw`"(?:[^"\\\n]|\\.)*"|[\w<>?.-]+`;
const union = new RegExp(String.raw`^(?:${part})(?:[ \t]*\|[ \t]*(?:${part}))+(?:[ \t]*\?)?`);

/**
 * Reads such a type from its first `|` on, takes the value before it out of the draft and reports all of it.
 * False for anything else.
 */
export function readLiteralType(reading: Reading, draft: Draft, token: Token): boolean {
  const { cursor, text } = reading;
  if (!token.image.startsWith("|") || listNodes.has(draft.name.text)) return false;
  const first = lastValue(draft);
  if (first === undefined) return false;
  const { start } = first.span;
  const [whole] = union.exec(text.slice(start, start + 500)) ?? [];
  // Types alone, without quotes, are broken by spaces and nothing worse.
  if (!whole?.includes('"') || text.slice(first.span.end, token.startOffset).trim() !== "") {
    return false;
  }
  const end = start + whole.length;
  while (cursor.offset < end && !cursor.atNodeEnd) cursor.advance();
  const span = spanOf(reading, start, cursor.lastEnd);
  const help = aliasHelp(draft, whole) ?? helpFor(whole);
  const problem = /^one string/.test(help) ? "a type is one text" : "a text is no type";
  fault(reading, "MZ3002", { problem }, span, { label: "not a type", help });
  const [name] = [...draft.props].find(([, { value }]) => value === first) ?? [];
  if (name === undefined) draft.args.pop();
  else draft.props.delete(name);
  draft.end = cursor.lastEnd;
  draft.faulty = true;
  return true;
}

function lastValue({ args, props }: Draft): syntax.Value | undefined {
  const values = [...args, ...Array.from(props.values(), ({ value }) => value)];
  return values.reduce<syntax.Value | undefined>(
    (last, value) => (last === undefined || value.span.end > last.span.end ? value : last),
    undefined,
  );
}

/** `type Role "admin" | "member"` has the name that the enum needs. */
function aliasHelp({ name, args, props }: Draft, whole: string): string | null {
  const [declared] = args;
  if (name.text !== "type" || args.length !== 2 || props.size > 0) return null;
  if (declared?.value.kind !== "string" || !/^("[^"]*"[\s|]*)+$/.test(whole)) return null;
  const values = whole.split(/\s*\|\s*/).join(" ");
  return `write \`${shorten(`enum ${declared.value.text} ${values}`)}\``;
}

function helpFor(whole: string): string {
  const isNullable = /\?$|(^|\|)\s*null\s*(\||$)/.test(whole);
  const parts = whole
    .replace(/\s*\?$/, "")
    .split(/\s*\|\s*/)
    .filter((one) => one !== "null");
  const words = parts.map((one) => one.replace(/^"(.*)"$/, "$1"));
  if (words.every((word) => /^[A-Z]/.test(word))) {
    const type = [...words, ...(isNullable ? ["null"] : [])].join("|");
    return `one string holds the whole type: \`${shorten(type)}\``;
  }
  if (!parts.every((one) => one.startsWith('"'))) {
    return "declare an enum of all values, or take `string`";
  }
  const use = isNullable ? "use its name with `?`" : "use its name";
  return `declare an enum and ${use}: \`enum Name ${shorten(parts.join(" "))}\``;
}
