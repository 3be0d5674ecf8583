/**
 * What a plan keeps for the next one: for a caller that plans again and again, such as `--watch`. The caller
 * owns it and hands it to each plan; without one, every plan starts from nothing and keeps nothing.
 *
 * It changes how long a plan takes, never what is planned: a piece of text is used again only when
 * everything that it was made from is the same as before. What that is, is not declared by hand but noted
 * while the text is made: for a whole file what it reads of the world (`whole.ts`), and within a file that has
 * to be made anew what each declaration asks of its names (`pieces.ts`). What is kept hangs on the nodes of the contract and goes with them.
 */
import type { Fn, View } from "../../ir/model/canonical.js";
import type { ElementTexts, Run } from "../layout/elements.js";
import type { Expression } from "../layout/expressions.js";
import type { Layout } from "../layout/layout.js";
import type { PlannedFile } from "../plan.js";
import type { Code } from "../text.js";
import { createWorldMemo, type WorldMemo } from "../views/names.js";
import { createLatest, createLatestOf, type Latest, type LatestOf } from "./latest.js";
import type { PieceStore } from "./pieces.js";
import { createSettler, type Settler } from "./settle.js";
import { createWholeFile, type WholeFile } from "./whole.js";

export type PlanMemo = {
  readonly settle: Settler;
  readonly world: WorldMemo;
  /** What is kept for one layout. Layouts are told apart by identity: a process has few of them. */
  readonly of: (layout: Layout) => LayoutMemo;
};

export type LayoutMemo = {
  /** How elements of long literals were laid out. */
  readonly elements: ElementTexts;
  /** All stubs of the last plan. */
  readonly stubFiles: Latest<readonly PlannedFile[]>;
  /** Of each function's or view's handler. */
  readonly stubs: LatestOf<Fn | View, string>;
  /** `path`: as the views call a file, such as `client/types.ts`. Two clients share theirs. */
  readonly file: (path: string) => FileMemo;
};

export type FileMemo = {
  readonly texts: PieceStore<readonly Code[]>;
  readonly expressions: PieceStore<Expression>;
  readonly runs: PieceStore<Run>;
  /** The names that the module declares. */
  readonly declared: Latest<ReadonlySet<string>>;
  readonly imports: Latest<readonly Code[]>;
  readonly whole: WholeFile;
};

export function createPlanMemo(): PlanMemo {
  const layouts = new WeakMap<Layout, LayoutMemo>();
  return {
    settle: createSettler(),
    world: createWorldMemo(),
    of(layout) {
      const memo = layouts.get(layout) ?? createLayoutMemo();
      layouts.set(layout, memo);
      return memo;
    },
  };
}

function createLayoutMemo(): LayoutMemo {
  const files = new Map<string, FileMemo>();
  return {
    elements: new WeakMap(),
    stubFiles: createLatest(),
    stubs: createLatestOf(),
    file(path) {
      const memo = files.get(path) ?? createFileMemo();
      files.set(path, memo);
      return memo;
    },
  };
}

function createFileMemo(): FileMemo {
  return {
    texts: new Map(),
    expressions: new Map(),
    runs: new Map(),
    declared: createLatest(),
    imports: createLatest(),
    whole: createWholeFile(),
  };
}
