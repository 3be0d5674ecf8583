/**
 * What the model tests hold a cache against: data with versions, and what every reader may be shown.
 *
 * Each cell of the data (everything, a user, a user in a team) has a version that grows with every write. A
 * write is over when the purge of its scope has returned; from then on nobody who begins to read may be shown
 * an older version of that cell. So a reader's *floor* is what it may not fall below.
 */
import type { ContextPlan, EffectParams, Entry, Scope } from "@mizan/runtime/cache";
import type { Chance } from "../support/random.js";
import { entryOf, type Params } from "./plans.js";

export type Cell = string;
export type Versions = Readonly<Record<Cell, number>>;

export type Question = {
  readonly entry: Entry;
  /** What its answer shows. */
  readonly cells: readonly Cell[];
};

export type Write = { readonly cell: Cell; readonly scope: Scope };

const EVERYTHING = "everything";
const USERS = [1, 2];
const TEAMS = [7, 8];

export class Truth {
  readonly #plans: readonly ContextPlan[];
  readonly #chance: Chance;
  readonly #versions = new Map<Cell, number>();
  readonly #floors = new Map<Cell, number>();

  constructor(plans: readonly ContextPlan[], chance: Chance) {
    this.#plans = plans;
    this.#chance = chance;
  }

  question(): Question {
    const chance = this.#chance;
    const plan = chance.pick(this.#plans);
    const user_id = chance.one(8) ? null : chance.pick(USERS);
    const team_id = chance.one(3) ? chance.pick(TEAMS) : null;
    const params: Params = { user_id, team_id, limit: chance.one(5) ? 1 : null };
    const cells = [cellOf(plan)];
    if (user_id !== null) cells.push(cellOf(plan, user_id));
    if (user_id !== null && team_id !== null) cells.push(cellOf(plan, user_id, team_id));
    return { entry: entryOf(plan, params, chance.one(6) ? "ada" : null), cells };
  }

  /** A write, and the scope that its effect names: as foreseen, or with a param that nobody foresaw. */
  write(): Write {
    const chance = this.#chance;
    const plan = chance.pick(this.#plans);
    const user_id = chance.pick(USERS);
    const team_id = chance.pick(TEAMS);
    const [cell, params]: readonly [Cell, EffectParams] = chance.one(8)
      ? [cellOf(plan), chance.one(2) ? [] : [["team_id", team_id]]]
      : chance.one(2)
        ? [cellOf(plan, user_id), [["user_id", user_id]]]
        : [
            cellOf(plan, user_id, team_id),
            [
              ["team_id", team_id],
              ["user_id", user_id],
            ],
          ];
    const unforeseen = params.length > 0 && chance.one(6);
    const scope = plan.scopeOf(unforeseen ? [...params, ["limit", 1]] : params);
    this.#versions.set(cell, this.#of(cell) + 1);
    return { cell, scope };
  }

  /** The purge of what was written has returned. `version` is that of the cell when the purge began. */
  written(cell: Cell, version: number): void {
    this.#floors.set(cell, Math.max(version, this.#floors.get(cell) ?? 0));
  }

  show(cells: readonly Cell[]): Versions {
    return Object.fromEntries(cells.map((cell) => [cell, this.#of(cell)]));
  }

  floor(cells: readonly Cell[]): Versions {
    return Object.fromEntries(cells.map((cell) => [cell, this.#floors.get(cell) ?? 0]));
  }

  #of(cell: Cell): number {
    return this.#versions.get(cell) ?? 0;
  }
}

const cellOf = ({ context }: ContextPlan, user?: number, team?: number): Cell =>
  `${context}: ${user === undefined ? EVERYTHING : user}${team === undefined ? "" : ` in ${team}`}`;

/** The cells that were shown older than they may be; none when all is well. */
export const fallenBelow = (shown: Versions, floor: Versions): readonly Cell[] =>
  Object.keys(floor).filter((cell) => (shown[cell] ?? -1) < (floor[cell] ?? 0));
