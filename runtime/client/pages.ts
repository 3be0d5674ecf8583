/**
 * Lists that are read page by page: what generated code says about one, what is shown of it, and a handle on it.
 *
 * A page is an instance of its context like any other, whose params hold the cursor; so what holds for instances
 * holds for each page. What is here puts pages together: `chain.ts` keeps them in a row, `turn.ts` says what a
 * merged element changes in which of them. Whoever shows no list in pages loads none of this.
 */
import type { MizanError } from "../wire/error.js";
import { createChain, type Chain } from "./chain.js";
import { clientOf, type Client } from "./client.js";
import { describe } from "./describe.js";
import { createStore } from "./store.js";
import type { AnyContext, Arguments, Context, WatchOptions } from "./types.js";

/** Which inputs and which fields of a slot make its pages, as `paginate` says in the contract. */
export interface Pagination {
  /** The param that asks for the page after another. */
  readonly cursor: string;
  /** The param that says how long a page may be. */
  readonly limit?: string | undefined;
  /** The field of a page that holds its elements. */
  readonly items: string;
  /** The field of a page that holds the cursor of the next. */
  readonly next: string;
  /** The field that tells elements apart. */
  readonly by: string;
}

declare const types: unique symbol;

/** A list of the contract that is read page by page. */
export interface Pages<Params, Page, Item> extends Pagination {
  readonly context: AnyContext;
  readonly slot: string;
  readonly [types]?: { readonly params: Params; readonly page: Page; readonly item: Item };
}

export type AnyPages = Pages<unknown, unknown, unknown>;

interface PagesCommon<Page> {
  /** What the server said beside the elements, page by page; an element that two pages hold is in the first. */
  readonly pages: readonly Page[];
  /** There is more behind what is shown. */
  readonly hasNext: boolean;
  /** The next page was asked for and is not there yet. */
  readonly isFetchingNext: boolean;
  /** Why the next page could not be fetched; what is shown stays, and `fetchNext` tries again. */
  readonly nextError: MizanError | null;
  /** Any page is being read. */
  readonly isFetching: boolean;
  /** An effect made a page old, or pages do not fit together any more, and no newer answer was accepted yet. */
  readonly isStale: boolean;
}

/**
 * What is shown of a list: from its start to the end of some page, without gaps, each element once. `data` are the
 * elements of all pages. Parts that did not change keep their identity.
 */
export type PagesState<Page, Item> = PagesCommon<Page> &
  (
    | { readonly status: "idle" | "loading"; readonly data: null; readonly error: null }
    | { readonly status: "success"; readonly data: readonly Item[]; readonly error: null }
    /** `error`: why a page that is shown, or the first, could not be fetched. */
    | {
        readonly status: "error";
        readonly data: readonly Item[] | null;
        readonly error: MizanError;
      }
  );

/** A handle on a list. All methods may be passed around unbound. */
export interface WatchedPages<Page, Item> {
  /** The same object until something changes. */
  readonly getState: () => PagesState<Page, Item>;
  /** The listener is called after each step that changed the state; the answer ends it. */
  readonly subscribe: (listener: () => void) => () => void;
  /**
   * Asks for the next page, or again for what failed. Does nothing while that is under way, or where there is no
   * more.
   */
  readonly fetchNext: () => void;
  /** Asks for all pages again, in one request, and shows them together. */
  readonly refetch: () => void;
  /** Mounts the pages for this handle: they are fetched if need be, and refetched when effects reach them. */
  readonly retain: () => void;
  /** Undoes `retain`. */
  readonly release: () => void;
}

/** Mounts a list, whose first page is the one of these params; the caller must `release` it. */
export interface WatchPages<Params, Page, Item> {
  (...args: Arguments<Params, WatchOptions>): WatchedPages<Page, Item>;
}

/** What generated code calls `postsPages`: the list in one slot of a context, and how its pages are told. */
export const pagesOf = <Params, Page, Item>(
  context: Context<Params, unknown>,
  slot: string,
  pagination: Pagination,
): Pages<Params, Page, Item> => ({ ...pagination, context: context as AnyContext, slot });

/** `watchPagesOf(postsPages)` is `watchPostsPages`. Throws where no client is given and none was configured. */
export const watchPagesOf =
  <Params, Page, Item>(pages: Pages<Params, Page, Item>): WatchPages<Params, Page, Item> =>
  (params?: Params, options: WatchOptions = {}) => {
    const handle = observePages(clientOf(options), pages, params);
    handle.retain();
    return handle;
  };

/** A handle that has mounted nothing; as `observe` is for one instance. All handles on one list share its pages. */
export const observePages = <Params, Page, Item>(
  client: Client,
  pages: Pages<Params, Page, Item>,
  params?: unknown,
): WatchedPages<Page, Item> => {
  const store = (client._store ??= createStore(client));
  const chains = (store._chains ??= new Map<string, Chain>());
  const description = describe(pages.context, params);
  const key = JSON.stringify([pages.slot, description.key]);
  const me = {};
  const make = (): Chain => createChain(client, store, pages as AnyPages, description);
  // Only what is mounted or followed is kept: who renders changes nothing.
  let unkept: Chain | undefined;
  const peek = (): Chain => chains.get(key) ?? (unkept ??= make());
  const open = (): Chain => {
    for (const [other, { isIdle }] of chains) if (isIdle()) chains.delete(other);
    const chain = peek();
    chains.set(key, chain);
    return chain;
  };
  return {
    // What pages hold is known to their contract alone, so this is where its word is taken.
    getState: () => peek().getState() as PagesState<Page, Item>,
    subscribe: (listener) => open().subscribe(listener),
    fetchNext: () => open().fetchNext(),
    refetch: () => open().refetch(),
    retain: () => open().retain(me),
    release: () => open().release(me),
  };
};
