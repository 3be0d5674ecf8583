/**
 * The server of the model of pages: lists by author, and what calls do to them. A cursor is a place in the list, so
 * it stays where it is when elements come and go.
 */
import type { InvalidateEntry, MergeEntry } from "../../wire/effects.js";
import { own } from "../../wire/json.js";
import { contextOf } from "../generated.js";
import { pagesOf, type Pages } from "../pages.js";
import type { Context } from "../types.js";
import { contract } from "./stage.js";
import type { World } from "./world.js";

export interface Post {
  readonly id: number;
  readonly v: number;
}
export interface Page {
  readonly items: readonly Post[];
  readonly next: number | null;
  /** Beside the elements. */
  readonly total: number;
}
export interface BlogParams {
  readonly author: number;
  readonly after?: number | null;
  readonly limit?: number;
}

export const blogContext: Context<BlogParams, { readonly posts: Page }> = contextOf(contract)(
  "blog",
  { posts: "author:integer after:number? limit:integer=" },
);
export const postsPages: Pages<BlogParams, Page, Post> = pagesOf(blogContext, "posts", {
  cursor: "after",
  limit: "limit",
  items: "items",
  next: "next",
  by: "id",
});

/** An element with its place: cursors name places. */
interface Placed extends Post {
  readonly at: number;
}

export interface Shelf {
  readonly list: (author: unknown) => readonly Placed[];
  readonly set: (author: unknown, list: readonly Placed[]) => void;
  readonly page: (params: unknown) => Page;
}

const DEFAULT_LIMIT = 3;

/** A server's lists, by author. They come sorted by place. */
export function createShelf(): Shelf {
  const lists = new Map<unknown, readonly Placed[]>();
  const list = (author: unknown): readonly Placed[] => lists.get(Number(author)) ?? [];
  return {
    list,
    set: (author, posts) =>
      void lists.set(
        Number(author),
        [...posts].sort((a, b) => a.at - b.at),
      ),
    page: (params) => {
      const after = own(params, "after") ?? null;
      const all = list(own(params, "author"));
      const rest = after === null ? all : all.filter(({ at }) => at > Number(after));
      const found = rest.slice(0, Number(own(params, "limit") ?? DEFAULT_LIMIT));
      const next = rest.length > found.length ? (found.at(-1)?.at ?? null) : null;
      return { items: found.map(({ id, v }) => ({ id, v })), next, total: all.length };
    },
  };
}

interface Effects {
  readonly merge?: readonly MergeEntry[];
  readonly invalidate?: readonly InvalidateEntry[];
}

/** Something that a call does to a list, and says that it did. */
type Deed = (shelf: Shelf, author: number, world: World) => Effects;

/** The last id that was given to an element. */
let lastId = 0;
export const nextId = (): number => ++lastId;

const element = (op: "upsert" | "prepend" | "remove", author: number, value: object): MergeEntry =>
  ({ context: "blog", slot: "posts", op, key: "id", value, params: { author } }) as MergeEntry;
const isOld = (author: number): Effects => ({
  invalidate: [{ context: "blog", params: { author } }],
});
export const sent = ({ id, v }: Post): Post => ({ id, v });
const without = (list: readonly Placed[], id: number): readonly Placed[] =>
  list.filter((post) => post.id !== id);

export const prepend: Deed = (shelf, author) => {
  const list = shelf.list(author);
  const post = { id: nextId(), v: 1, at: (list[0]?.at ?? 0) - 1 };
  shelf.set(author, [post, ...list]);
  return { merge: [element("prepend", author, sent(post))] };
};
const append: Deed = (shelf, author) => {
  const list = shelf.list(author);
  const post = { id: nextId(), v: 1, at: (list.at(-1)?.at ?? 0) + 1 };
  shelf.set(author, [...list, post]);
  return { merge: [element("upsert", author, sent(post))] };
};
const rewrite: Deed = (shelf, author, world) => {
  const list = shelf.list(author);
  if (!list.length) return {};
  const post = world.pick(list);
  const now = { ...post, v: post.v + 1 };
  shelf.set(author, [...without(list, post.id), now]);
  return { merge: [element("upsert", author, sent(now))] };
};
const remove: Deed = (shelf, author, world) => {
  const list = shelf.list(author);
  if (!list.length) return {};
  const { id } = world.pick(list);
  shelf.set(author, without(list, id));
  return { merge: [element("remove", author, { id })] };
};
/** Comes and goes, so that answers which overtake each other speak of the same element. */
const flicker: Deed = (shelf, author) => {
  const list = shelf.list(author);
  if (list.some(({ id }) => id === FLICKERING)) {
    shelf.set(author, without(list, FLICKERING));
    return { merge: [element("remove", author, { id: FLICKERING })] };
  }
  const post = { id: FLICKERING, v: 1, at: (list.at(-1)?.at ?? 0) + 1 };
  shelf.set(author, [...list, post]);
  return { merge: [element("upsert", author, sent(post))] };
};
/** What only the server knows the place of. */
const insert: Deed = (shelf, author, world) => {
  const list = shelf.list(author);
  const from = list[0]?.at ?? 0;
  const at = from + world.random() * ((list.at(-1)?.at ?? 0) - from + 0.1);
  shelf.set(author, [...list, { id: nextId(), v: 1, at }]);
  return isOld(author);
};
const move: Deed = (shelf, author, world) => {
  const list = shelf.list(author);
  if (!list.length) return {};
  const post = world.pick(list);
  const at = world.pick(list).at + world.random() - 0.5;
  shelf.set(author, [...without(list, post.id), { ...post, at }]);
  return isOld(author);
};
const clear: Deed = (shelf, author, world) => {
  shelf.set(
    author,
    shelf.list(author).filter(() => world.chance(0.3)),
  );
  return isOld(author);
};
/** Says several things of one list. */
const both: Deed = (shelf, author, world) => {
  const [one, other] = [world.pick(SMALL), world.pick(SMALL)].map((deed) =>
    deed(shelf, author, world),
  );
  return { merge: [...(one?.merge ?? []), ...(other?.merge ?? [])] };
};

/** Others are counted from one. */
const FLICKERING = 0;
const SMALL = [prepend, append, rewrite, remove];
export const DEEDS = [
  ...SMALL,
  ...SMALL,
  flicker,
  flicker,
  flicker,
  flicker,
  insert,
  insert,
  move,
  clear,
  both,
];
