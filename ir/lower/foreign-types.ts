/** Types as other languages write them, and as they are written here: `Array<int>`, `Record<string, User>`. */
import { nearest } from "../diagnostics/did-you-mean.js";
import { typeSynonyms } from "../diagnostics/type-synonyms.js";
import { scalarNames, type ScalarName } from "../model/contract.js";

const scalars: ReadonlySet<string> = new Set(scalarNames);

export function isScalarName(name: string): name is ScalarName {
  return scalars.has(name);
}

/** Whether a word can hardly be anything but a type of this language. */
export function isTypeWord(text: string): boolean {
  return isScalarName(text.replace(/\?$/, "")) || /^[A-Z]|[<>?|]/.test(text);
}

/** The same, for types of other languages too: `int`, `text`. */
export function isAnyType(text: string): boolean {
  return isTypeWord(text) || typeSynonyms.has(text.toLowerCase());
}

/** Whether that is worth asking of the name of a field, of which nearly all are plain words. */
export function mayBeType(name: string): boolean {
  return scalars.has(name) || typeSynonyms.has(name) || /[A-Z<]/.test(name);
}

/** What generics of other languages are here, each made of the types in its brackets. */
const generics: ReadonlyMap<string, (types: readonly string[]) => string> = new Map([
  ...named("array arraylist set vec vector sequence iterable collection list", (types) => {
    return `list<${types.join("|")}>`;
  }),
  // The keys of a map are always text, so that its last type is the one that counts.
  ...named("record dict hashmap dictionary object map", (types) => `map<${types.at(-1) ?? ""}>`),
  ...named("optional option nullable maybe", ([type = ""]) => nullable(type)),
  ...named("union either oneof", (types) => types.join("|")),
]);

type Spell = (types: readonly string[]) => string;

function named(names: string, spell: Spell): readonly (readonly [string, Spell])[] {
  return names.split(" ").map((name) => [name, spell] as const);
}

/** A type as it is written here. What is not known stays as it is. */
export function ownType(text: string): string {
  // What may not be null has no sign here.
  const bare = text.trim().replace(/!$/, "");
  const [, word = "", brackets, mark = ""] = /^(\w+)(<.*>)?(\??)$/s.exec(bare) ?? [];
  if (word === "") return text;
  const lower = word.toLowerCase();
  if (brackets !== undefined) {
    const inner = atCommas(brackets.slice(1, -1)).map(ownType);
    const spell = generics.get(lower) ?? generics.get(nearest(lower, ["list", "map"]) ?? "");
    const own = spell === undefined ? `${word}<${inner.join(", ")}>` : spell(inner);
    return mark === "" ? own : nullable(own);
  }
  const synonym = typeSynonyms.get(lower);
  const isSpelled = /^(string|integer|number|boolean)$/.test(lower);
  const own = isSpelled ? lower : synonym === undefined || synonym.includes("<T>") ? word : synonym;
  return own + mark;
}

/** What was probably meant by a generic that we do not have. `written` is all of it. */
export function genericHelp(word: string, written: string): string {
  if (generics.has(word.toLowerCase())) return `write \`${ownType(written)}\``;
  return nearest(word, ["list", "map"]) === null
    ? "only `list` and `map` do"
    : `did you mean \`${ownType(written)}\`?`;
}

/** A type that may be null besides. */
export function nullable(type: string): string {
  return type.endsWith("?") ? type : type.includes("|") ? `${type}|null` : `${type}?`;
}

/** The parts between commas that stand in no brackets. */
function atCommas(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "<") depth++;
    if (character === ">") depth--;
    if (character === "," && depth === 0) parts.push("");
    else parts.push((parts.pop() ?? "") + character);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
