/**
 * The pages of one list in a row: each begins where the one before it ends.
 *
 * Every page is an instance that is mounted as long as the row is, so all that instances promise holds for it. What
 * is kept here is how pages join. Two do if the first says the cursor of the second, or if the first ends with what
 * the second begins with: both are unbroken runs of one list, and so is their union. When pages were read anew and
 * do not join any more, only what is missing between them is asked for; a page that others cover is let go of.
 *
 * What holds: what is shown is an unbroken run of the list, each element once. While something is missing in the
 * middle, what was shown before stays.
 *
 * Words: a *link* is a page in the row; the *pending* one is the last, asked for by `fetchNext` and not there yet; a
 * *bridge* is asked for between two pages that do not join.
 */
import { own } from "../wire/json.js";
import { gather } from "./batch.js";
import type { Client } from "./client.js";
import type { Description } from "./describe.js";
import { DEFAULT_GC_MS } from "./limits.js";
import { createLinks, type Link } from "./link.js";
import type { AnyPages, PagesState } from "./pages.js";
import { arrange, isSameList, isSameState, type Shown } from "./shown.js";
import type { Store } from "./store.js";
import { intercept, turnOf, type Judge, type Turn } from "./turn.js";

/** For longer nobody looks at what was there before only because some page is being read. */
const LONGEST_WAIT_MS = 1000;

export interface Chain {
  readonly getState: () => PagesState<unknown, unknown>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly fetchNext: () => void;
  readonly refetch: () => void;
  readonly retain: (watcher: unknown) => void;
  readonly release: (watcher: unknown) => void;
  /** Nobody uses it, and nobody did for long. */
  readonly isIdle: () => boolean;
}

export const createChain = (
  client: Client,
  store: Store,
  pages: AnyPages,
  first: Description,
): Chain => {
  const listeners = new Set<() => void>();
  const watchers = new Set<unknown>();
  /** When the last of them left, in milliseconds since the epoch. */
  let leftAt = Date.now();

  const { toLink, instanceOf, pageOf, isThere, isFetching, behind, names, joins } = createLinks(
    store,
    pages,
    first,
  );
  let links: readonly Link[] = [toLink(first)];
  /** How many pages there were when something was found missing: no more than these are asked for then. */
  let target = 0;
  /** The next page was asked for when it could not be said which one that is. */
  let isWanted = false;
  /** Since when something is missing between pages, in milliseconds since the epoch; infinite while nothing is. */
  let brokenAt = Infinity;
  /** That is too long to wait for pages that are read again and again. */
  let isDue = false;
  /** The row is being brought in order. What that changes needs no second look. */
  let isMending = false;

  const pending = (): Link | undefined => {
    const last = links.at(-1);
    return last && links.length > 1 && !isThere(last) ? last : undefined;
  };
  /** The links from the first on of which each joins the one before; all but the pending one, if nothing is missing. */
  const joined = (): readonly Link[] => {
    const broken = links.findIndex((link, index) => {
      const before = links[index - 1];
      return before ? !joins(before, link) : !isThere(link);
    });
    return broken < 0 ? links : links.slice(0, broken);
  };
  const isWhole = (): boolean => joined().length === links.length - (pending() ? 1 : 0);
  const isIn = ({ key }: Description): boolean =>
    links.some(({ _description: description }) => description.key === key);

  // ---- the row

  const hang = (link: Link): void => {
    if (!watchers.size) return;
    link.retain();
    link.stop ??= link.subscribe(update);
    const instance = instanceOf(link);
    if (instance) (instance._judges ??= intercept(instance)).add(judge);
  };
  const drop = (link: Link): void => {
    link.stop?.();
    delete link.stop;
    instanceOf(link)?._judges?.delete(judge);
    link.release();
  };
  /** Puts links in the place of `count` others. */
  const replace = (index: number, count: number, ...more: readonly Link[]): void => {
    const gone = links.slice(index, index + count);
    links = [...links.slice(0, index), ...more, ...links.slice(index + count)];
    more.forEach(hang);
    gone.forEach(drop);
  };
  const cut = (length: number): void => replace(length, links.length - length);

  const mend = (): void => {
    const [head] = links;
    if (head && !isThere(head)) {
      // Not there yet, or forgotten: the places of the others mean nothing.
      isWanted = false;
      return cut(1);
    }
    // What is read anew may end elsewhere; but a stream of effects must not starve a screen.
    brokenAt = isWhole() ? Infinity : Math.min(brokenAt, Date.now());
    isDue = Date.now() - brokenAt > LONGEST_WAIT_MS;
    if (!isDue && links.some((link) => isThere(link) && isFetching(link))) return;
    for (let index = 0; index + 1 < links.length;) {
      const isDone = join(index);
      if (isDone === undefined) return;
      if (isDone) index++;
    }
    target = 0;
    const last = links.at(-1);
    const next = last && behind(last);
    if (isWanted && next && !isIn(next)) replace(links.length, 0, toLink(next));
    isWanted = false;
  };

  /** Whether a link and the one behind it join now; undefined where that is not known yet. */
  const join = (index: number): boolean | undefined => {
    const link = links[index];
    const other = links[index + 1];
    const next = link && behind(link);
    if (!other || !next) {
      cut(index + 1);
      return true;
    }
    if (!isThere(other)) {
      if (names(link, other)) return undefined;
      // Asked for at a place that is none any more.
      isWanted ||= other === pending();
      replace(index + 1, 1);
      return false;
    }
    if (names(link, other)) return true;
    if (!isDue && (isFetching(link) || isFetching(other))) return undefined;
    const furthest = links.findLastIndex((one, at) => at > index && joins(link, one));
    if (furthest > index) {
      // Those between are covered.
      replace(index + 1, furthest - index - 1);
      return true;
    }
    target ||= links.filter(isThere).length;
    // As many pages as before are enough, wherever they end. And who is led back is at the end.
    if (index + 1 >= target || isIn(next)) cut(index + 1);
    else replace(index + 1, 0, toLink(next));
    return false;
  };

  // ---- what is shown

  let shown: Shown | undefined;
  /** Who it was shown to. */
  let user = client._user;
  let state: PagesState<unknown, unknown> | undefined;
  /** What it was made of. */
  let made: readonly unknown[] = [];

  const getState = (): PagesState<unknown, unknown> => {
    if (user !== client._user) {
      user = client._user;
      shown = undefined;
      // Where pages are mounted they are let go of one by one.
      if (!watchers.size) links = links.slice(0, 1);
    }
    const now = [isWanted, ...links, ...links.map((link) => link.getState())];
    if (state && isSameList(now, made)) return state;
    made = now;
    const fresh = derive();
    return (state = state && isSameState(state, fresh) ? state : fresh);
  };

  const derive = (): PagesState<unknown, unknown> => {
    const wanted = isWhole() ? pending() : undefined;
    const isBroken = !isWhole();
    // Forgotten, or about to be another user's.
    if (links[0] && !isThere(links[0])) shown = undefined;
    // While something is missing in the middle, what was shown before stays.
    if (!isBroken || !shown) {
      const row = joined();
      const end = row.at(-1);
      const next = end && behind(end);
      const hasNext =
        !!next && !row.some(({ _description: description }) => description.key === next.key);
      const values = row.map((link) => own(link.getState().data, pages.slot));
      shown = end && arrange(pages, values, hasNext, shown);
    }
    const others = links.filter((link) => link !== wanted).map((link) => link.getState());
    const next = wanted?.getState();
    const error = others.find((one) => one.error)?.error ?? null;
    const { data = null, pages: all = [], hasNext = false } = shown ?? {};
    const common = {
      pages: all,
      hasNext,
      isFetchingNext: isWanted || !!next?.isFetching,
      nextError: next && !next.isFetching ? next.error : null,
      isFetching: links.some(isFetching),
      isStale: isBroken ? data !== null : others.some(({ isStale }) => isStale),
    };
    if (error) return { ...common, data, error, status: "error" };
    if (data) return { ...common, data, error, status: "success" };
    return { ...common, data, error, status: common.isFetching ? "loading" : "idle" };
  };

  let told: PagesState<unknown, unknown> | undefined;
  /** What the row was brought in order for; one answer may change many pages, each of which tells of it. */
  let mended: readonly unknown[] | undefined;
  const update = (): void => {
    getState();
    if (isMending || made === mended) return;
    isMending = true;
    if (watchers.size > 0) mend();
    isMending = false;
    const now = getState();
    mended = made;
    if (now === told) return;
    told = now;
    // One that throws is reported, as a promise that nobody handled.
    [...listeners].forEach(async (listener) => listener());
  };

  // ---- effects

  /** Clock of the last effect of a call on any page. */
  let effectAt = 0;
  /** What the answer of the step at this clock changes. */
  let turn: { readonly clock: number; readonly verdicts: Turn } | undefined;

  const judge: Judge = {
    hear: (body, sentAt, { key }) => {
      if (turn?.clock !== client._clock) {
        const leaves = links.map((link) => ({
          description: link._description,
          page: pageOf(link),
          isFetching: isFetching(link),
        }));
        const isQuiet = effectAt <= sentAt && isWhole();
        turn = { clock: client._clock, verdicts: turnOf(pages, leaves, body, isQuiet) };
        // Also where nothing changes: a call that was sent before may say of the same element what is over.
        if (turn.verdicts.size > 0) effectAt = client._clock;
      }
      const index = links.findIndex(({ _description: description }) => description.key === key);
      return new Map(Array.from(turn.verdicts, ([entry, verdicts]) => [entry, verdicts[index]]));
    },
    note: (): void => {
      effectAt = client._clock;
    },
  };

  return {
    getState,
    subscribe: (listener) => {
      const subscription = (): void => listener();
      listeners.add(subscription);
      return () => listeners.delete(subscription);
    },
    fetchNext: () => {
      if (!watchers.size) return;
      const failed = links.filter((link) => !isThere(link) && !isFetching(link));
      failed.forEach(({ refetch }) => refetch());
      if (failed[0] || pending()) return;
      isWanted = getState().hasNext;
      update();
    },
    refetch: () => {
      // Those of which something is shown are shown anew together.
      gather(links.filter(isThere).flatMap((link) => instanceOf(link) ?? []));
      links.forEach(({ refetch }) => refetch());
    },
    retain: (watcher) => {
      const isFirst = !watchers.size;
      watchers.add(watcher);
      if (!isFirst) return;
      getState();
      if (links[0] && !isThere(links[0])) cut(1);
      links.forEach(hang);
      mended = undefined;
      update();
    },
    release: (watcher) => {
      if (!watchers.delete(watcher) || watchers.size > 0) return;
      leftAt = Date.now();
      links.forEach(drop);
    },
    isIdle: () =>
      !watchers.size && !listeners.size && Date.now() - leftAt >= (client.gcMs ?? DEFAULT_GC_MS),
  };
};
