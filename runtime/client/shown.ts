/** What a row of pages shows: each element once, and whatever did not change as the object that it was. */
import { own } from "../wire/json.js";
import type { AnyPages, PagesState } from "./pages.js";
import { share } from "./share.js";

export interface Shown {
  readonly data: readonly unknown[];
  readonly pages: readonly unknown[];
  readonly hasNext: boolean;
}

/** `values`: the pages as they are. Of an element that two of them hold, the first is shown. */
export const arrange = (
  { items, by }: AnyPages,
  values: readonly unknown[],
  hasNext: boolean,
  before?: Shown,
): Shown => {
  const ids = new Set<unknown>();
  const isNew = (element: unknown): boolean => {
    const id = own(element, by);
    // What has no name cannot be told from others.
    const known = id !== undefined && ids.has(id);
    ids.add(id);
    return !known;
  };
  const pages = values.map((value, index) => {
    const all = own(value, items);
    const list = Array.isArray(all) ? all.filter(isNew) : [];
    const isWhole = Array.isArray(all) && list.length === all.length;
    return isWhole ? value : share(before?.pages[index], { ...Object(value), [items]: list });
  });
  const data = pages.flatMap((page) => own(page, items));
  return {
    data: before && isSameList(before.data, data) ? before.data : data,
    pages: before && isSameList(before.pages, pages) ? before.pages : pages,
    hasNext,
  };
};

export const isSameList = (left: readonly unknown[], right: readonly unknown[]): boolean =>
  left.length === right.length && left.every((one, index) => one === right[index]);

type AnyState = PagesState<unknown, unknown>;

export const isSameState = (left: AnyState, right: AnyState): boolean =>
  isSameList(Object.values(left), Object.values(right));
