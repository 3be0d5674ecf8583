/** Hooks for lists that are read page by page. A page without them carries none of this. */
import type { Client } from "../client/client.js";
import { observePages, type Pages, type PagesState, type WatchedPages } from "../client/pages.js";
import { isSameList } from "../client/shown.js";
import { useEffect, useMemo, useSyncExternalStore } from "./hooks.js";
import { useNearest, type Root, type View } from "./scope.js";
import type { Infinite } from "./types.js";

type AnyState = PagesState<unknown, unknown>;

/**
 * `useInfinitePosts()`: the list whose first page is what the nearest provider mounts. Hooks below one provider share
 * its pages.
 */
export const infiniteHook = <P, Page, Item>(
  pages: Pages<P, Page, Item>,
): (() => Infinite<Page, Item>) =>
  function useInfinite() {
    const { context } = pages;
    const { client } = useNearest<Root>(context.contract);
    const view = useNearest<View>(context);
    const { _user: user } = client;
    const list = useMemo(
      () => observePages(client, pages, view._description?.params),
      [client, view],
    );
    // Nobody gets to see what another client showed, or another user.
    const kept = useMemo((): Kept => ({ client, user }), [client, user]);
    const getShown = useMemo(() => shownBy(list, view, kept), [list, view, kept]);
    useEffect(() => {
      list.retain();
      return list.release;
    }, [list]);
    return useSyncExternalStore(list.subscribe, getShown, getShown) as Infinite<Page, Item>;
  };

/** What was shown last, for as long as the provider goes on showing the instance before (`keepPrevious`). */
interface Kept {
  readonly client: Client;
  readonly user: object | undefined;
  state?: AnyState;
}

/** The same object until something in it changes. */
const shownBy = (
  { getState, fetchNext, refetch }: WatchedPages<unknown, unknown>,
  view: View,
  kept: Kept,
): (() => AnyState) => {
  let made: readonly unknown[] = [];
  let shown: AnyState | undefined;
  return () => {
    const own = getState();
    const before = !own.data && !own.error && view._getData() ? kept.state : undefined;
    if (own.data) kept.state = own;
    if (shown && isSameList(made, [own, before])) return shown;
    made = [own, before];
    // A provider asks for what is not there, or is about to: nobody gets to see it idle.
    const state = own.data || own.error ? {} : { status: "loading", isFetching: true };
    const previous = before && { ...before, hasNext: false, isFetching: true };
    const all: object = { ...own, ...(previous ?? state), fetchNext, refetch };
    return (shown = all as AnyState);
  };
};
