/**
 * Pieces of one file from plan to plan. While a piece is made, every question that it puts to the names of
 * its file is noted with its answer. When the piece is wanted again and its nodes are the same, the questions
 * are put anew: if every answer is the same, so is the piece. Asking again also does what asking does, which
 * is to import what is used.
 *
 * A piece may consist of pieces: of all functions, say, kept by their list. Then an edit of one type asks each
 * name once that functions use, not once for every function.
 *
 * Questions are put again in the order of the first time. The same nodes and the same answers lead to the
 * same next question, so a piece that turns out to be stale has asked nothing that its maker will not ask.
 */
import type { Names } from "../views/scope.js";
import { areSame } from "./latest.js";

/** What a piece is made from beside answers: first the node that it is about. Compared by identity. */
export type Nodes = readonly [object, ...unknown[]];

type Question = (names: Names) => string;
type Noted = { readonly name: string; readonly question: Question; readonly answer: string };
type Piece<T> = {
  readonly nodes: Nodes;
  readonly noted: readonly Noted[];
  readonly value: T;
};

/** Pieces of one type: by their kind within the file, then by the node that they are about. */
export type PieceStore<T> = Map<string, WeakMap<object, Piece<T>>>;

/** Notes questions while a piece is made. */
export type Notebook = {
  /** The same names; what is asked is noted. */
  readonly names: Names;
  readonly remembered: <T>(store: PieceStore<T>, kind: string, nodes: Nodes, make: () => T) => T;
};

export function createNotebook(names: Names): Notebook {
  /** Of the innermost piece, by a name of the question, so that one that is repeated is noted once. */
  let page: Map<string, Noted> | null = null;

  const ask = <Answer extends string>(name: string, question: (names: Names) => Answer): Answer => {
    const answer = question(names);
    if (page !== null && !page.has(name)) page.set(name, { name, question, answer });
    return answer;
  };
  return {
    names: {
      abiType: (entry, name) => ask(`t ${entry} ${name}`, (now) => now.abiType(entry, name)),
      abiValue: (entry, name) => ask(`v ${entry} ${name}`, (now) => now.abiValue(entry, name)),
      type: (name) => ask(`n ${name}`, (now) => now.type(name)),
      imported: (from, name, kind) =>
        ask(`i ${kind} ${from} ${name}`, (now) => now.imported(from, name, kind)),
      namespace: (from, name) => ask(`* ${from} ${name}`, (now) => now.namespace(from, name)),
      global: (name) => ask(`g ${name}`, (now) => now.global(name)),
      typeName: (name, side, use) =>
        ask(`f ${side} ${use} ${name}`, (now) => now.typeName(name, side, use)),
      schemaName: (name, side, use) =>
        ask(`s ${side} ${use} ${name}`, (now) => now.schemaName(name, side, use)),
    },
    remembered(store, kind, nodes, make) {
      const pieces = store.get(kind) ?? new WeakMap();
      store.set(kind, pieces);
      const before = pieces.get(nodes[0]);
      if (before !== undefined && areSame(before.nodes, nodes) && isStillTrue(before.noted)) {
        noteAll(before.noted);
        return before.value;
      }
      const outer = page;
      const own = new Map<string, Noted>();
      page = own;
      try {
        const value = make();
        pieces.set(nodes[0], { nodes, noted: [...own.values()], value });
        return value;
      } finally {
        page = outer;
        noteAll(own.values());
      }
    },
  };

  /** What a piece within a piece asks, the outer one asks too. */
  function noteAll(noted: Iterable<Noted>): void {
    if (page === null) return;
    for (const each of noted) if (!page.has(each.name)) page.set(each.name, each);
  }

  function isStillTrue(noted: readonly Noted[]): boolean {
    for (const { question, answer } of noted) if (question(names) !== answer) return false;
    return true;
  }
}
