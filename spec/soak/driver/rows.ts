/** Which rows of the record a slot shows, and which a call wrote. */
import { groups } from "../server/store-names.js";

export type Params = Readonly<Record<string, unknown>>;

export type Shown = {
  readonly group: string;
  /** By id. */
  readonly versions: ReadonlyMap<number, number>;
  /** What is not there is not there; else it may only have been left out. */
  readonly isComplete: boolean;
  /** Of rows that name their owner. */
  readonly owners: ReadonlySet<string>;
};

export type RowName = { readonly group: string; readonly id: number };

type SentRow = {
  readonly id?: number;
  readonly shelf_id?: number;
  readonly vault_id?: number;
  readonly version: number;
  readonly owner?: string;
};

/** The value of a slot, or the result of a call: one row, or a list of them. */
export function toShown(group: string, value: unknown, isComplete: boolean): Shown {
  const rows: SentRow[] = [value].flat().filter(isRow);
  return {
    group,
    versions: new Map(rows.map((row) => [idOf(row), row.version])),
    isComplete,
    owners: new Set(rows.flatMap(({ owner }) => owner ?? [])),
  };
}

/** Throws where the contract has no such slot. */
export function slotShown(slot: string, value: unknown, params: Params, user: string): Shown {
  switch (slot) {
    case "shelf_head":
      return toShown(groups.heads, value, false);
    case "shelf_items": {
      const isAll = params["limit"] === undefined || params["limit"] === null;
      return toShown(groups.items(Number(params["shelf_id"])), value, isAll);
    }
    case "drawer_notes":
      return toShown(groups.notes(user, Number(params["drawer_id"])), value, true);
    case "vault_secret":
      return toShown(groups.secrets, value, false);
    case "beat":
      return toShown(groups.beats, value, false);
    default:
      throw new Error(`a slot that the contract does not have: ${slot}`);
  }
}

/** What the purge of a call reaches: whole groups, or single rows of them. Null: everything. */
export function reachedBy(
  fn: string,
  args: Params,
  user: string,
): readonly (string | RowName)[] | null {
  const shelf = (id: unknown): (string | RowName)[] => [
    groups.items(Number(id)),
    { group: groups.heads, id: Number(id) },
  ];
  switch (fn) {
    case "sweep":
      return null;
    case "swap_names":
      return [...shelf(args["shelf_id"]), ...shelf(args["other_id"])];
    case "write_note":
    case "rewrite_notes":
      return [groups.notes(user, Number(args["drawer_id"]))];
    case "change_secret":
      return [{ group: groups.secrets, id: Number(args["vault_id"]) }];
    default:
      return shelf(args["shelf_id"]);
  }
}

/** The rows that a call says it wrote. */
export function writtenBy(fn: string, args: Params, result: unknown, user: string): Shown[] {
  switch (fn) {
    case "sweep":
      return [];
    case "rename_shelf":
      return [toShown(groups.heads, result, false)];
    case "swap_names":
      return Object.values(Object(result)).map((head) => toShown(groups.heads, head, false));
    case "write_note":
    case "rewrite_notes":
      return [toShown(groups.notes(user, Number(args["drawer_id"])), result, false)];
    case "change_secret":
      return [toShown(groups.secrets, result, false)];
    default:
      return [toShown(groups.items(Number(args["shelf_id"])), result, false)];
  }
}

const isRow = (value: unknown): value is SentRow =>
  typeof value === "object" && value !== null && "version" in value;

const idOf = ({ id, shelf_id, vault_id }: SentRow): number => id ?? shelf_id ?? vault_id ?? 0;
