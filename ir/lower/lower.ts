/**
 * Syntax to contract: every node is read for what it means, and the two ways of writing become one form.
 *
 * Does: check that nodes, arguments, properties, blocks and values are those of the language; read type
 * expressions and shapes; recognise the mistakes of the first hour. Does not: resolve a name, look from one
 * node at another (but for repetitions within one block), or change any order.
 *
 * Invariants: never throws; a node at fault is reported once and leaves an error type or nothing behind;
 * everything keeps its place in the text.
 *
 * Words: the *short form* is what people write, the *canonical form* what `mizan canon` prints; the *full*
 * form is the canonical one with extensions (spec/language.md).
 */
import { report } from "../diagnostics/catalogue.js";
import type { Outcome } from "../diagnostics/diagnostic.js";
import type * as contract from "../model/contract.js";
import type { Document, Node } from "../model/syntax.js";
import { lowerChannel, lowerContext, lowerView } from "./contexts.js";
import { lowerError } from "./declared-errors.js";
import { lowerEnum } from "./enums.js";
import { lowerFunction } from "./functions.js";
import { topNotes, topSynonyms } from "./misnamed.js";
import { childrenOf, type Children, type Out } from "./nodes.js";
import { lowerType, lowerUnlisted } from "./types.js";

type Mutable<T> = {
  -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key];
};

/** What was made of each document: no file has a say in what another one means here. */
export type LowerMemory = WeakMap<Document, Outcome<contract.Contract>>;

/** Lowers the files of one contract. A document that the memory knows is not read again. */
export function lower(
  documents: readonly Document[],
  memory: LowerMemory = new WeakMap(),
): Outcome<contract.Contract> {
  const parts = documents.map((document) => {
    const known = memory.get(document);
    if (known !== undefined) return known;
    const lowered = lowerDocument(document);
    memory.set(document, lowered);
    return lowered;
  });
  return {
    value: {
      types: parts.flatMap(({ value }) => value.types),
      enums: parts.flatMap(({ value }) => value.enums),
      errors: parts.flatMap(({ value }) => value.errors),
      functions: parts.flatMap(({ value }) => value.functions),
      contexts: parts.flatMap(({ value }) => value.contexts),
      views: parts.flatMap(({ value }) => value.views),
      channels: parts.flatMap(({ value }) => value.channels),
      whole: documents.every((document) => document.whole),
    },
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
  };
}

function lowerDocument(document: Document): Outcome<contract.Contract> {
  const out: Out = [];
  const value: Mutable<contract.Contract> = {
    types: [],
    enums: [],
    errors: [],
    functions: [],
    contexts: [],
    views: [],
    channels: [],
    whole: document.whole,
  };
  // Children of one name may stand many times at the top: two of one *declared* name are found later.
  for (const node of childrenOf(document.nodes, topLevel, out)) lowerNode(node, value, out);
  return { value, diagnostics: out };
}

const topLevel: Children = {
  where: "at the top of a contract",
  once: [],
  many: ["type", "enum", "error", "context", "function", "view", "form", "channel", "unlisted"],
  hidden: ["unlisted"],
  synonyms: topSynonyms,
  notes: topNotes,
};

function lowerNode(node: Node, into: Mutable<contract.Contract>, out: Out): void {
  switch (node.name.text) {
    case "type":
      push(into.types, lowerType(node, out));
      break;
    case "unlisted":
      push(into.types, lowerUnlisted(node, out));
      break;
    case "enum":
      push(into.enums, lowerEnum(node, out));
      break;
    case "error":
      push(into.errors, lowerError(node, out));
      break;
    case "function":
      push(into.functions, lowerFunction(node, out));
      break;
    case "context": {
      const lowered = lowerContext(node, out);
      push(into.contexts, lowered?.context ?? null);
      into.functions.push(...(lowered?.functions ?? []));
      break;
    }
    case "view":
      push(into.views, lowerView(node, out));
      break;
    case "channel":
      push(into.channels, lowerChannel(node, out));
      break;
    case "form":
      out.push(
        report(
          "MZ4001",
          { span: node.span, text: "a form in the short form" },
          { feature: "the short form of `form`" },
          { help: "a form's three functions can be written in the canonical form" },
        ),
      );
      break;
    default:
      break;
  }
}

function push<T>(list: T[], item: T | null): void {
  if (item !== null) list.push(item);
}
