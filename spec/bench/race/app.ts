/**
 * The application of the race: what its pages read, what they change, and what an author knows of both. Every
 * cache is given the same, and nothing of it knows a cache.
 *
 * A value carries the version of its cell at the server (see the kernel's model, runtime/client/model). What an
 * author shows before the server has answered carries the number of the mutation instead.
 */
import type { Server } from "../../../runtime/client/model/server.js";

export interface Value {
  readonly v: number;
  /** The mutation that is expected to bring it. */
  readonly own?: number;
}
export interface Order extends Value {
  readonly id: number;
}
export type Data = Value | readonly Order[];

export const QUERIES = ["profile:1", "profile:2", "orders:1", "orders:2", "total"] as const;
export type Query = (typeof QUERIES)[number];

export type Mutation = { readonly call: number } & (
  | { readonly kind: "rename" | "renameAndCount"; readonly user: 1 | 2 }
  | { readonly kind: "place" | "remove"; readonly user: 1 | 2; readonly id: number }
  | { readonly kind: "count" }
);

/** What the server answers to a mutation: what it wrote. */
export interface Result {
  readonly profile?: Value;
  readonly order?: Order;
  readonly total?: Value;
}

/** What a mutation makes stale. */
export function touched(mutation: Mutation): readonly Query[] {
  switch (mutation.kind) {
    case "rename":
      return [`profile:${mutation.user}`];
    case "renameAndCount":
      return [`profile:${mutation.user}`, "total"];
    case "place":
    case "remove":
      return [`orders:${mutation.user}`];
    case "count":
      return ["total"];
  }
}

/** What becomes of a query's data by a mutation that the server has answered; nothing stays nothing. */
export function patched(
  query: Query,
  old: Data | undefined,
  mutation: Mutation,
  { profile, order, total }: Result,
): Data | undefined {
  if (old === undefined) return undefined;
  if (query === "total") return total;
  if (query.startsWith("profile")) return profile;
  if (order === undefined || !Array.isArray(old)) return old;
  const orders: readonly Order[] = old;
  const others = orders.filter(({ id }) => id !== order.id);
  const isThere = others.length < orders.length;
  if (mutation.kind === "remove") {
    // Until the server has answered it is shown as going, so that what is shown says whose doing it is.
    if (order.own === undefined) return others;
    if (!isThere) return orders;
  }
  return isThere
    ? orders.map((other) => (other.id === order.id ? order : other))
    : [...orders, order];
}

/** What an author expects of a mutation that the server has not answered. */
export function expected({ call: own, ...mutation }: Mutation): Result {
  const value = { v: 0, own };
  switch (mutation.kind) {
    case "rename":
      return { profile: value };
    case "renameAndCount":
      return { profile: value, total: value };
    case "place":
    case "remove":
      return { order: { id: mutation.id, ...value } };
    case "count":
      return { total: value };
  }
}

/** The orders that a user may have. */
export const ELEMENTS = [1, 2, 3] as const;

export function readNow(server: Server, query: Query): Data {
  return query.startsWith("orders") ? server.list(query) : { v: server.read(query) ?? 0 };
}

/** Carries a mutation out; every write is a version of its cell. */
export function write(server: Server, mutation: Mutation): Result {
  switch (mutation.kind) {
    case "rename":
      return { profile: { v: server.write(`profile:${mutation.user}`) } };
    case "renameAndCount":
      return {
        profile: { v: server.write(`profile:${mutation.user}`) },
        total: { v: server.write("total") },
      };
    case "place":
    case "remove": {
      const { user, id, kind } = mutation;
      return { order: { id, v: server.write(`orders:${user}:${id}`, kind === "place") } };
    }
    case "count":
      return { total: { v: server.write("total") } };
  }
}

/** The cells that a mutation has written, with their versions. */
export function written(mutation: Mutation, { profile, order, total }: Result) {
  const cells: (readonly [cell: string, version: number])[] = [];
  if ("user" in mutation) {
    if (profile) cells.push([`profile:${mutation.user}`, profile.v]);
    if (order) cells.push([`orders:${mutation.user}:${order.id}`, order.v]);
  }
  if (total) cells.push(["total", total.v]);
  return cells;
}
