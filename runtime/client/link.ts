/** One page in the row of a list: what it says, and whether another one follows it. The words are `chain.ts`'s. */
import { own } from "../wire/json.js";
import { describe, type Description } from "./describe.js";
import type { Instance } from "./instance.js";
import type { AnyPages } from "./pages.js";
import { isSameList } from "./shown.js";
import type { Handle, Store } from "./store.js";

export interface Link extends Handle {
  /** Ends being told of changes; there while the row is mounted. */
  stop?: () => void;
  /** What the page behind it is known by, and the page that says so. */
  end?: { readonly page: unknown; readonly next: Description | undefined };
}

export interface Links {
  readonly toLink: (description: Description) => Link;
  readonly instanceOf: (link: Link) => Instance | undefined;
  /** What the server said; undefined where it has not. */
  readonly pageOf: (link: Link) => unknown;
  readonly isThere: (link: Link) => boolean;
  readonly isFetching: (link: Link) => boolean;
  /** What the page behind it is known by; undefined behind the last. */
  readonly behind: (link: Link) => Description | undefined;
  /** It says the cursor of the other. */
  readonly names: (link: Link, other: Link) => boolean;
  /** Nothing lies between the end of the first and the beginning of the other. */
  readonly joins: (link: Link, other: Link) => boolean;
}

/** `first`: the params of the first page, which all have but for the cursor. */
export const createLinks = (store: Store, pages: AnyPages, first: Description): Links => {
  const instanceOf = ({ _description: description }: Link): Instance | undefined =>
    store._instances.get(description.key);
  const pageOf = (link: Link): unknown => {
    const instance = instanceOf(link);
    return own(instance ? instance._getBase() : link.getState().data, pages.slot);
  };
  const isThere = (link: Link): boolean => pageOf(link) !== undefined;
  const behind = (link: Link): Description | undefined => {
    const page = pageOf(link);
    if (!link.end || link.end.page !== page) {
      const cursor = own(page, pages.next) ?? null;
      const params = { ...first.params, [pages.cursor]: cursor };
      link.end = { page, next: cursor === null ? undefined : describe(pages.context, params) };
    }
    return link.end.next;
  };
  const idsOf = (link: Link): readonly unknown[] => {
    const list = own(pageOf(link), pages.items);
    return Array.isArray(list) ? list.map((element) => own(element, pages.by)) : [];
  };
  const names = (link: Link, other: Link): boolean => behind(link)?.key === other._description.key;
  /** The first ends with what the other begins with. */
  const overlaps = (link: Link, other: Link): boolean => {
    const ids = idsOf(link);
    const others = idsOf(other);
    const at = others.indexOf(ids.at(-1));
    const end = ids.slice(-1 - at);
    // What has no name cannot be found again.
    return at >= 0 && isSameList(end, others.slice(0, at + 1)) && !end.includes(undefined);
  };
  return {
    toLink: (description) => ({ ...store._observe(description) }),
    instanceOf,
    pageOf,
    isThere,
    isFetching: (link) => link.getState().isFetching,
    behind,
    names,
    joins: (link, other) =>
      isThere(other) && !!behind(link) && (names(link, other) || overlaps(link, other)),
  };
};
