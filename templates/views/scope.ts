/**
 * The names of one generated module. Views ask for what they use, and the imports follow from that: nothing
 * is imported by hand, and nothing that is not used.
 *
 * The contract's names come first. What we import ourselves makes way with a `$` where the contract has the
 * same name (`Call as Call$`), and what the language's library has is reached through `globalThis`.
 */
import type { Side, Use } from "../../ir/forms.js";
import { sortByText } from "../../ir/source/code-points.js";
import {
  importLine,
  joinDeclarations,
  namespaceImportLine,
  type Specifier,
} from "../layout/declarations.js";
import { array, keptArray, type Expression } from "../layout/expressions.js";
import type { ElementTexts } from "../layout/elements.js";
import type { GlobalName } from "../layout/types.js";
import type { FileMemo } from "../memo/memo.js";
import { createNotebook, type Nodes, type PieceStore } from "../memo/pieces.js";
import { toIdentifier, type Code, type Identifier } from "../text.js";
import type { World } from "./names.js";

export type AbiEntry = "client" | "react" | "server" | "schemas" | "schemas-mini";

const abi: Readonly<Record<AbiEntry | "testing", string>> = {
  client: "@mizan/runtime/abi/v1/client",
  react: "@mizan/runtime/abi/v1/react",
  server: "@mizan/runtime/abi/v1/server",
  testing: "@mizan/runtime/abi/v1/testing",
  schemas: "@mizan/runtime/abi/v1/schemas",
  "schemas-mini": "@mizan/runtime/abi/v1/schemas-mini",
};

/** What a declaration may ask for. The same question has the same answer as long as the module is made. */
export type Names = {
  readonly abiType: (entry: AbiEntry, name: string) => Identifier;
  readonly abiValue: (entry: AbiEntry, name: string) => Identifier;
  /** A type of the sibling `types.ts`. */
  readonly type: (name: string) => Identifier;
  /** An export of any module, by its path. */
  readonly imported: (from: string, name: string, kind: "type" | "value") => Identifier;
  /** `import * as z from "zod"` */
  readonly namespace: (from: string, name: string) => Identifier;
  /** A type of the language's library, such as `Date`. */
  readonly global: (name: string) => Identifier | GlobalName;
  /** The name of a struct or enum of the contract on one side, for one use. */
  readonly typeName: (name: string, side: Side, use: Use) => string;
  /** The name of its schema. */
  readonly schemaName: (name: string, side: Side, use: Use) => string;
};

export type Scope = Names & {
  /** A name that the module declares itself, out of the way of all others. Never asked for in a piece. */
  readonly local: (name: string) => Identifier;
  /**
   * Pieces of the module's text, kept from plan to plan if there is a memo. `kind` tells those apart that
   * are about the same node; `nodes` are all nodes and values that they are made from.
   */
  readonly texts: (kind: string, nodes: Nodes, make: () => readonly Code[]) => readonly Code[];
  /** The same for a part of a literal. */
  readonly expression: (kind: string, nodes: Nodes, make: () => Expression) => Expression;
  /**
   * Declarations about many items, each made from its nodes. The text of a run of items is kept as one, so
   * that after an edit only one run is looked at item by item. Answers texts of several declarations each.
   */
  readonly declarations: <Item>(
    kind: string,
    items: readonly Item[],
    nodesOf: (item: Item) => Nodes,
    make: (item: Item) => readonly Code[],
  ) => readonly Code[];
  /** A long list of elements about many items, kept in the same way. */
  readonly elements: <Item>(
    kind: string,
    items: readonly Item[],
    nodesOf: (item: Item) => Nodes,
    make: (item: Item) => Expression,
  ) => Expression;
  readonly importLines: () => readonly Code[];
  /** Null without a memo. */
  readonly memo: FileMemo | null;
};

/** How many items are kept as one: near the square root of many. */
const runLength = 32;

/**
 * `path`: of the module, as its template is called. `declared`: what it exports, beside what `types.ts` does,
 * and the facts that this follows from, where it is worth keeping.
 * `typesFrom`: where it finds `types.ts`, null where it is that file itself.
 */
export function createScope(
  world: World,
  path: string,
  declared: readonly string[] | Declared,
  typesFrom: string | null,
): Scope {
  const memo = world.memo?.file(path) ?? null;
  const exported = toDeclared(declared, memo);
  const { typeNames } = world;
  const own = new Set<string>();
  const isTaken = (name: string): boolean =>
    own.has(name) || exported.has(name) || typeNames.has(name);
  const imports = new Map<string, Map<string, Specifier>>();
  const namespaces = new Map<string, Identifier>();

  const free = (name: string): Identifier => {
    let candidate = name;
    while (isTaken(candidate)) candidate += "$";
    own.add(candidate);
    return toIdentifier(candidate);
  };
  const imported = (from: string, name: string, type: boolean, isType: boolean): Identifier => {
    const specifiers = imports.get(from) ?? new Map<string, Specifier>();
    const known = specifiers.get(name);
    if (known !== undefined) return known.as;
    imports.set(from, specifiers);
    const identifier = toIdentifier(name);
    const as = isType && !exported.has(name) ? identifier : free(name);
    specifiers.set(name, { name: identifier, as, type });
    return as;
  };
  const pathOf = (entry: AbiEntry): string => abi[entry === "server" ? world.serverEntry : entry];
  const names: Names = {
    abiType: (entry, name) => imported(pathOf(entry), name, true, false),
    abiValue: (entry, name) => imported(pathOf(entry), name, false, false),
    type: (name) =>
      typesFrom === null ? toIdentifier(name) : imported(typesFrom, name, true, true),
    imported: (from, name, kind) => imported(from, name, kind === "type", false),
    namespace: (from, name) => {
      const known = namespaces.get(from) ?? free(name);
      namespaces.set(from, known);
      return known;
    },
    global: (name) => (isTaken(name) ? `globalThis.${name}` : toIdentifier(name)),
    typeName: world.typeName,
    schemaName: world.schemaName,
  };
  const printImports = (): readonly Code[] => {
    const lines = [
      ...[...imports].map(([from, specifiers]) => ({
        from,
        text: importLine(sortSpecifiers([...specifiers.values()]), from, world.layout),
      })),
      ...[...namespaces].map(([from, name]) => ({
        from,
        text: namespaceImportLine(name, from, world.layout),
      })),
    ];
    // Packages before the project's own modules, the farther ones first.
    return sortByText(lines, ({ from }) => from)
      .sort((a, b) => nearness(a.from) - nearness(b.from))
      .map(({ text }) => text);
  };

  if (memo === null) {
    return {
      ...names,
      local: free,
      texts: (_, __, make) => make(),
      expression: (_, __, make) => make(),
      declarations: (_, items, __, make) => items.flatMap(make),
      elements: (_, items, __, make) => array(items.map(make)),
      importLines: printImports,
      memo,
    };
  }
  const notebook = createNotebook(names);
  const elementTexts: ElementTexts = world.memo?.elements ?? new WeakMap();
  /** A piece for each item, and one for each run of them. */
  const inRuns = <Item, Piece>(
    store: PieceStore<Piece>,
    kind: string,
    items: readonly Item[],
    nodesOf: (item: Item) => Nodes,
    make: (run: readonly { readonly item: Item; readonly nodes: Nodes }[]) => Piece,
  ): readonly Piece[] => {
    const pieces: Piece[] = [];
    for (let start = 0; start < items.length; start += runLength) {
      const run = items
        .slice(start, start + runLength)
        .map((item) => ({ item, nodes: nodesOf(item) }));
      const [first] = run;
      if (first === undefined) break;
      const all = run.flatMap(({ nodes }) => [nodes.length, ...nodes]);
      pieces.push(
        notebook.remembered(store, `run ${kind}`, [first.nodes[0], ...all], () => make(run)),
      );
    }
    return pieces;
  };
  return {
    ...notebook.names,
    local: free,
    texts: (kind, nodes, make) => notebook.remembered(memo.texts, kind, nodes, make),
    expression: (kind, nodes, make) => notebook.remembered(memo.expressions, kind, nodes, make),
    declarations: (kind, items, nodesOf, make) =>
      inRuns(memo.texts, kind, items, nodesOf, (run) =>
        joinDeclarations(
          run.flatMap(({ item, nodes }) =>
            notebook.remembered(memo.texts, kind, nodes, () => make(item)),
          ),
        ),
      ).flat(),
    elements: (kind, items, nodesOf, make) =>
      keptArray({
        runs: inRuns(memo.runs, kind, items, nodesOf, (run) =>
          run.map(({ item, nodes }) =>
            notebook.remembered(memo.expressions, kind, nodes, () => make(item)),
          ),
        ),
        texts: elementTexts,
      }),
    importLines: () => memo.imports(importFacts(), printImports),
    memo,
  };

  /** All that the import lines follow from, in the order in which it was asked for. */
  function importFacts(): readonly string[] {
    const facts: string[] = [];
    for (const [from, specifiers] of imports) {
      facts.push(from);
      for (const { name, as, type } of specifiers.values())
        facts.push(type ? "type" : "", name, as);
    }
    for (const [from, name] of namespaces) facts.push("*", from, name);
    return facts;
  }
}

/** What a module exports, as long as the facts are the same. */
export type Declared = {
  readonly facts: readonly unknown[];
  readonly names: () => readonly string[];
};

function toDeclared(
  declared: readonly string[] | Declared,
  memo: FileMemo | null,
): ReadonlySet<string> {
  if (!("facts" in declared)) return new Set(declared);
  const make = (): ReadonlySet<string> => new Set(declared.names());
  return memo === null ? make() : memo.declared(declared.facts, make);
}

/** Values before types, each by name. */
function sortSpecifiers(specifiers: readonly Specifier[]): readonly Specifier[] {
  const byName = sortByText(specifiers, ({ name }) => name);
  return [...byName.filter(({ type }) => !type), ...byName.filter(({ type }) => type)];
}

function nearness(path: string): number {
  return path.startsWith("./") ? 2 : path.startsWith(".") ? 1 : 0;
}
