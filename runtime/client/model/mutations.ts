/** The functions of the model: what each writes, and the truthful effects that its answer may carry. */
import type { Effects, InvalidateEntry, MergeEntry } from "../../wire/effects.js";
import { MEMBERS, ordersOf } from "./contract.js";
import { ELEMENTS, type Server, type Written } from "./server.js";
import type { World } from "./world.js";

export interface Done {
  readonly effects: Effects;
  readonly written: Written;
}

export type Mutation = (world: World, server: Server) => Done;

/** An element of a user's lists. */
export interface Aim {
  readonly user: number;
  readonly id: number;
}

/** Writes a profile; merges it, or invalidates in one of the ways that reach it, or both. */
const rename: Mutation = (world, server) => {
  const user = world.pick([1, 2]);
  const v = server.write(`profile:${user}`);
  const params = { user_id: world.chance(0.2) ? String(user) : user };
  const merge: MergeEntry = { context: "user", slot: "profile", value: { v }, params };
  const ways: readonly InvalidateEntry[] = [
    "user",
    { context: "user", params },
    { function: "profile" },
  ];
  const written = [[`profile:${user}`, v]] as const;
  if (world.chance(0.5)) return { effects: { merge: [merge] }, written };
  const invalidate = [world.pick(ways)];
  return { effects: world.chance(0.2) ? { merge: [merge], invalidate } : { invalidate }, written };
};

/** Places or removes an element, `aim` if there is one, in both lists of a user or the team's; merges it or all. */
export const placeElement = (world: World, server: Server, aim?: Aim): Done => {
  const { user, id } = aim ?? { user: world.pick([1, 2]), id: world.pick(ELEMENTS) };
  const isTeam = !aim && world.chance(0.3);
  // The narrower list is written twice, or both would count alike and a mix-up would not be seen.
  if (!isTeam) server.write(`${ordersOf(user, "a")}:${id}`);
  const lists = isTeam ? [MEMBERS] : [ordersOf(user, null), ordersOf(user, "a")];
  const op = world.pick(["upsert", "prepend", "remove"] as const);
  const written = lists.map(
    (list) => [`${list}:${id}`, server.write(`${list}:${id}`, op !== "remove")] as const,
  );
  const target = isTeam
    ? { context: "team", slot: "members" }
    : { context: "user", slot: "orders", params: { user_id: user } };
  const [first = ""] = lists;
  const v = written[0]?.[1];
  const { context, params } = { params: undefined, ...target };
  const invalidate = [params ? { context, params } : context];
  if (world.chance(0.3)) return { effects: { invalidate }, written };
  const entry: MergeEntry = world.chance(0.2)
    ? { ...target, value: server.list(first) }
    : { ...target, op, key: "id", value: { id, v } };
  return { effects: { merge: [entry] }, written };
};

/** Writes the team's total, which travels boxed. */
const count: Mutation = (world, server) => {
  const v = server.write("total");
  const merge: MergeEntry = { context: "team", slot: "total", value: { result: v } };
  return {
    effects: world.chance(0.6) ? { merge: [merge] } : { invalidate: ["team"] },
    written: [["total", v]],
  };
};

/** Two mutations in one: effects on several contexts and slots come in one answer. */
const both: Mutation = (world, server) => {
  const parts = [rename(world, server), world.pick([placeElement, count])(world, server)];
  return {
    effects: {
      merge: parts.flatMap(({ effects }) => effects.merge ?? []),
      invalidate: parts.flatMap(({ effects }) => effects.invalidate ?? []),
    },
    written: parts.flatMap(({ written }) => written),
  };
};

/** Says everything by its bare name, and something that this client does not know. */
const everything: Mutation = (world, server) => {
  const { written } = both(world, server);
  return {
    effects: {
      merge: [{ context: "user", slot: "unknown", value: 1 }],
      invalidate: ["user", "team", "unknown", { function: "unknown" }],
    },
    written,
  };
};

export const MUTATIONS: readonly Mutation[] = [
  rename,
  rename,
  placeElement,
  placeElement,
  count,
  both,
  everything,
];
