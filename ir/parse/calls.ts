/**
 * Inputs in parentheses, as other languages write them: `function f(id: integer): T`, `query f(id: Int!)`. All
 * of it is one mistake with one help, up to the output behind it, which is read as if an arrow stood there.
 */
import { typeSynonyms } from "../diagnostics/type-synonyms.js";
import { scalarNames } from "../model/contract.js";
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { endOf, kinds, type Token } from "./kdljs.js";
import { fault, shorten, spanOf, type Reading } from "./reading.js";

/** Nodes whose names may look like calls to somebody used to other languages. */
const callers: ReadonlySet<string> = new Set(["function", "view", "type", "error"]);

/** What a function is called elsewhere. A field may be called so too, so its parentheses must look like inputs. */
const functionsElsewhere: ReadonlySet<string> = new Set(
  "fn func fun def rpc query mutation procedure proc method op operation endpoint action".split(
    " ",
  ),
);

/** `value` is the name before the parentheses, if it is glued to them. */
type Call = { readonly kind: "call"; readonly value: syntax.Value | null };

/**
 * Reads `f(id: integer, name: string)`, or the parentheses alone, and reports it. Null when something else
 * stands at the cursor, which then stays.
 */
export function readCall(reading: Reading, node: string): Call | null {
  const isElsewhere = functionsElsewhere.has(node);
  if (!callers.has(node) && !isElsewhere) return null;
  const { cursor } = reading;
  const start = cursor.mark;
  const name = cursor.peek();
  const isNamed = name?.tokenType === kinds.Identifier;
  if (isNamed) cursor.advance();
  const list = cursor.is(kinds.LeftParenthesis) ? closingParenthesis(reading) : null;
  const texts = list === null ? [] : inputTexts(reading.text.slice(list.start + 1, list.end - 1));
  const isName = isNamed && /^[A-Za-z_][\w.]*$/.test(name.image);
  const areInputs = (isNamed && !isElsewhere) || texts.every(isParameter);
  if (list === null || !areInputs || (isNamed ? !isName : isElsewhere)) {
    cursor.goTo(start);
    return null;
  }
  const output =
    callers.has(node) && node !== "function" ? null : readOutputSign(reading, list.end);
  const end = output?.end ?? list.end;
  const inputs = texts.map(inputOf);
  const isWhole = inputs.every(({ inline }) => inline !== null);
  const meant = lineOf(isNamed ? [name.image] : [], inputs, output);
  const help =
    meant === ""
      ? "remove the parentheses"
      : node === "error"
        ? `what it carries stands in a block: \`{ ${shorten(inputs.flatMap(({ line }) => line ?? []).join("; "))} }\``
        : isWhole
          ? `write \`${shorten(meant)}\``
          : blockOf(inputs);
  fault(reading, "MZ1034", { name: shorten(isNamed ? name.image : node) }, list, {
    label: "no parentheses",
    help,
    fix: isWhole
      ? {
          span: { ...list, start: isNamed ? name.startOffset : list.start, end },
          replacement: meant,
        }
      : null,
  });
  return { kind: "call", value: isNamed ? toName(reading, name) : null };
}

/**
 * Reads `user(id: ID!): User` where a node should begin, as GraphQL writes the fields of a query, and reports it.
 * False when something else stands at the cursor, which then stays.
 */
export function readLooseCall(reading: Reading): boolean {
  const { cursor, text } = reading;
  const start = cursor.mark;
  const name = cursor.peek();
  // Every node comes by here, and hardly any is one.
  if (name?.tokenType !== kinds.Identifier || text[endOf(name)] !== "(") return false;
  if (!/^[A-Za-z_]\w*$/.test(name.image)) return false;
  cursor.advance();
  const list = closingParenthesis(reading);
  const texts = list === null ? [] : inputTexts(text.slice(list.start + 1, list.end - 1));
  if (list === null || texts.length === 0 || !texts.every(isParameter)) {
    cursor.goTo(start);
    return false;
  }
  const output = readOutputSign(reading, list.end);
  const meant = lineOf(["function", name.image], texts.map(inputOf), output);
  fault(reading, "MZ1034", { name: shorten(name.image) }, list, {
    label: "no parentheses",
    help: `a function stands at the top or in a context: \`${shorten(meant)}\``,
  });
  return true;
}

/** A function's line, or the part of it that begins with `words`. */
function lineOf(
  words: readonly string[],
  inputs: readonly Input[],
  output: { readonly words: readonly string[] } | null,
): string {
  const inline = inputs.flatMap((input) => input.inline ?? []);
  return [...words, ...inline, ...(output?.words ?? [])].join(" ");
}

/** The texts between commas, those within brackets aside. */
function inputTexts(list: string): readonly string[] {
  const texts = list.match(/(?:<[^>]*>|\[[^\]]*\]|"[^"]*"|[^,])+/g) ?? [];
  return texts.map((text) => text.trim()).filter((text) => text !== "");
}

/** `id: integer`, `id = integer`, or nothing, which tells parameters from a type annotation. */
function isParameter(text: string): boolean {
  return /^\w+\??\s*[:=]/.test(text);
}

/** An input as a property, where it can be one, and as a line of a block; null for what has no type. */
type Input = { readonly inline: string | null; readonly line: string | null };

function inputOf(text: string): Input {
  const [, name = "", mark = "", type = "", value] =
    /^(\w+)(\??)\s*(?:[:=]\s*|\s+)([^=]+?)(?:\s*=\s*(\S+))?$/.exec(text) ?? [];
  if (type === "") return { inline: null, line: null };
  const meant = typeOf(type) + (mark === "?" && !type.endsWith("?") ? "?" : "");
  if (value === undefined) return { inline: `${name}=${meant}`, line: `${name} ${meant}` };
  const literal = /^(true|false|null)$/.test(value) ? `#${value}` : value;
  return { inline: null, line: `${name} ${meant} default=${literal}` };
}

/** What to do where an input cannot stand on the line: it has a default, or no type. */
function blockOf(inputs: readonly Input[]): string {
  const lines = inputs.map(({ line }) => line);
  return lines.includes(null)
    ? "an input is a name and a type: `name=Type`"
    : `inputs with defaults stand in the block: \`input { ${shorten(lines.join("; "))} }\``;
}

/** `Int!`, `[Int]`, `string[]`, `Map<string, Int>`: a type of another language as ours. */
function typeOf(text: string): string {
  const bare = text.replace(/!$/, "").replaceAll(/\s+/g, "");
  const [, value] = /^(?:map|record|dict)<string,(.+)>$/i.exec(bare) ?? [];
  if (value !== undefined) return `map<${typeOf(value)}>`;
  const [, item] =
    /^\[(.+)\]$/.exec(bare) ??
    /^(.+)\[\]$/.exec(bare) ??
    /^(?:list|array)<(.+)>$/i.exec(bare) ??
    [];
  if (item !== undefined) return `list<${typeOf(item)}>`;
  const [, word = bare, optional = ""] = /^(\w+)(\??)$/.exec(bare) ?? [];
  const lower = word.toLowerCase();
  const meant = typeSynonyms.get(lower) ?? scalarNames.find((scalar) => scalar === lower);
  return meant === undefined || meant.includes("<T>") ? bare : meant + optional;
}

/** What stands for no output elsewhere. */
const nothing = /^(void|none|nil|null|unit|undefined)$/i;

/**
 * The output behind the parentheses, with the sign before it: `: T`, `=> T`, `->T`. Puts an arrow and the type
 * as it was meant into its place, or nothing where nothing is answered; `words` are what stands there then.
 */
function readOutputSign(
  reading: Reading,
  from: number,
): { readonly words: readonly string[]; readonly end: number } | null {
  const { cursor, text, faults } = reading;
  const line = text.slice(from, from + 200);
  const type = String.raw`[^\s{;"|]+(?:[ \t]*\|[ \t]*[^\s{;"|]+)*`;
  const [whole, written = ""] =
    new RegExp(String.raw`^[ \t]*(?::|=>|->)[ \t]*(${type})`).exec(line) ?? [];
  if (whole === undefined || faults.full) return null;
  const meant = typeOf(written);
  const words = nothing.test(meant) ? [] : ["->", meant];
  const end = from + whole.length;
  if (whole === ` -> ${meant}` && words.length > 0) return { words, end };
  const mark = cursor.mark;
  const first = cursor.peek();
  while (cursor.offset < end && !cursor.atNodeEnd) cursor.advance();
  if (first === undefined || cursor.offset !== end) {
    cursor.goTo(mark);
    return null;
  }
  const space = { ...first, tokenType: kinds.WhiteSpace, image: " ", startOffset: from };
  const put = words.flatMap((image, index): Token[] => {
    const startOffset = index === 0 ? from : end - written.length;
    return [space, { ...first, tokenType: kinds.Identifier, image, startOffset }];
  });
  cursor.replaceSince(mark, put);
  return { words, end };
}

function toName(reading: Reading, token: Token): syntax.Value {
  const span = spanOf(reading, token.startOffset, endOf(token));
  return { value: { kind: "string", text: token.image }, span, written: "bare" };
}

/** How many tokens parentheses may have between them to be taken for a pair. */
const longestPair = 100;

/** Moves behind the parenthesis that closes the one at the cursor, if there is one on the line. */
export function closingParenthesis(reading: Reading): Span | null {
  const { cursor } = reading;
  const start = cursor.offset;
  for (let count = 0; count < longestPair; count++) {
    if (cursor.atNodeEnd || cursor.is(kinds.LeftBrace)) return null;
    const closes = cursor.is(kinds.RightParenthesis);
    cursor.advance();
    if (closes) return spanOf(reading, start, cursor.lastEnd);
  }
  return null;
}
