/** The contract of the model, and where each slot of each instance lives on its server. */
import { contextOf } from "../generated.js";
import type { Context } from "../types.js";
import { ELEMENTS, type CellName, type ListElement, type Server } from "./server.js";

export const contract = { hash: "model", headerPrefix: "X-Mizan-" };

export interface Value {
  readonly v: number;
}
export interface UserParams {
  readonly user_id: number | string;
  readonly kind?: string | null;
}
export interface UserData {
  readonly profile: Value;
  readonly orders: readonly ListElement[];
}
export interface TeamData {
  readonly members: readonly ListElement[];
  readonly total: number;
}

const define = contextOf(contract);
export const userContext: Context<UserParams, UserData> = define("user", {
  profile: "user_id:integer",
  orders: "user_id:integer kind:string?",
});
export const teamContext: Context<Readonly<Record<string, never>>, TeamData> = define("team", {
  members: "",
  total: "box",
});

/** One instance, and the spellings of its params that mean the same. */
export type Place =
  | { readonly context: "user"; readonly user: number; readonly kind: string | null }
  | { readonly context: "team" };

export const PLACES: readonly Place[] = [
  { context: "user", user: 1, kind: null },
  { context: "user", user: 1, kind: "a" },
  { context: "user", user: 2, kind: null },
  { context: "team" },
];

export const slotsOf = ({ context }: Place): readonly string[] =>
  context === "team" ? ["members", "total"] : ["profile", "orders"];

/** The instance that a request asks for; numbers may have become texts on the way. */
export function placeOf(context: unknown, params: Readonly<Record<string, unknown>>): Place {
  const found = PLACES.find((place) =>
    place.context === "team"
      ? context === "team"
      : context === "user" &&
        place.user === Number(params["user_id"]) &&
        place.kind === (params["kind"] ?? null),
  );
  if (!found) throw new Error(`Nobody asked for ${context}`);
  return found;
}

export const ordersOf = (user: number, kind: string | null): string =>
  `orders:${user}:${kind ?? "all"}`;
export const MEMBERS = "members:team:all";

/** What the server answers for one slot at this moment, as it travels. */
export function slotNow(server: Server, place: Place, slot: string): unknown {
  if (place.context === "team") {
    return slot === "total" ? { result: server.read("total") } : server.list(MEMBERS);
  }
  return slot === "profile"
    ? { v: server.read(`profile:${place.user}`) }
    : server.list(ordersOf(place.user, place.kind));
}

/** Each cell of the slots that an instance shows, with the version shown; null is absence. */
export function cellsShown(
  place: Place,
  data: Partial<UserData & TeamData>,
): readonly (readonly [CellName, number | null])[] {
  const value = (cell: CellName, version?: number) =>
    version === undefined ? [] : [[cell, version] as const];
  const elements = (prefix: string, list?: readonly ListElement[]) =>
    list === undefined
      ? []
      : ELEMENTS.map(
          (id) =>
            [`${prefix}:${id}`, list.find((element) => element.id === id)?.v ?? null] as const,
        );
  return place.context === "team"
    ? [...value("total", data.total), ...elements(MEMBERS, data.members)]
    : [
        ...value(`profile:${place.user}`, data.profile?.v),
        ...elements(ordersOf(place.user, place.kind), data.orders),
      ];
}
