/**
 * What the merges of one answer change in the pages of a list.
 *
 * An element is replaced or removed in the page that holds it, whatever that page's cursor and limit. A new one
 * goes in front of the first page or behind the last, if that is where the operation puts it. That is exact, as a
 * cursor names a place behind an element, which does not move when others come and go; so a page may come to hold
 * more or fewer elements than its limit, and what is shown from page to page is what the server has from the first
 * element to the last. Where it cannot be exact, the pages are read again.
 */
import type { Answer, SentEntry } from "../wire/answer.js";
import { own } from "../wire/json.js";
import { agrees, determines, type Description } from "./describe.js";
import type { AnyPages } from "./pages.js";
import type { Instance } from "./instance.js";
import { spliced } from "./splice.js";

/** A page, as far as merging needs to know it. */
export interface Leaf {
  readonly description: Description;
  /** What the server said; undefined before. */
  readonly page: unknown;
  readonly isFetching: boolean;
}

/**
 * What becomes of an entry in one page: it is left out, as nothing in the page changes; it changes the page; or
 * (undefined) it makes the page old.
 */
export type Verdict = "none" | ((page: unknown) => unknown) | undefined;

/** For each entry the verdicts on all leaves, in their order. */
export type Turn = ReadonlyMap<unknown, readonly Verdict[]>;

/**
 * `isQuiet`: the leaves fit together, and no effect of another call reached them since this one was sent. Only then
 * can an element that none of them holds be said to be in none.
 */
export const turnOf = (
  pages: AnyPages,
  leaves: readonly Leaf[],
  body: Answer["body"],
  isQuiet: boolean,
): Turn => {
  const sent: unknown = body?.merge;
  const entries = Array.isArray(sent) ? sent.filter((entry) => isForElement(entry, pages)) : [];
  // What several entries say of one element, they say one after the other, which nobody plays through here.
  const counts = new Map<unknown, number>();
  for (const entry of entries) counts.set(idOf(entry), (counts.get(idOf(entry)) ?? 0) + 1);
  return new Map(
    entries.flatMap((entry) => {
      const isClear = counts.get(idOf(entry)) === 1 && namesTheList(entry, pages, leaves);
      return isClear ? [[entry, verdictsOn(entry, pages, leaves, isQuiet)] as const] : [];
    }),
  );
};

const isForElement = (entry: unknown, { context, slot }: AnyPages): entry is SentEntry => {
  const { context: name, slot: target, op = "" }: SentEntry = Object(entry);
  const isOne = /^(upsert|prepend|remove)$/.test(op) && idOf(entry) !== undefined;
  return name === context.name && target === slot && isOne;
};

const idOf = (entry: unknown): unknown => {
  const { value, key = "" }: SentEntry = Object(entry);
  return own(value, key);
};

/** Whether the params of an entry say which list is meant, and nothing about single pages of it. */
const namesTheList = (
  { params: named }: SentEntry,
  { context, slot, cursor, limit }: AnyPages,
  [first]: readonly Leaf[],
): boolean => {
  const params = named ?? {};
  const isOfPage = (name = ""): boolean => name === cursor || name === limit;
  const descriptor = (context.slots[slot] ?? "")
    .split(" ")
    .filter((word) => !isOfPage(word.slice(0, word.lastIndexOf(":"))))
    .join(" ");
  return (
    first !== undefined &&
    !Object.keys(params).some(isOfPage) &&
    agrees(first.description, params) &&
    determines(first.description, descriptor, params)
  );
};

const verdictsOn = (
  entry: SentEntry,
  { items, next, cursor }: AnyPages,
  leaves: readonly Leaf[],
  isQuiet: boolean,
): readonly Verdict[] => {
  const { op, key = "" } = entry;
  const id = idOf(entry);
  const splice = (page: unknown): unknown => {
    const list = spliced(own(page, items), entry, "");
    return list && { ...Object(page), [items]: list };
  };
  const holds = ({ page }: Leaf): boolean => {
    const list = own(page, items);
    return Array.isArray(list) && list.some((element) => own(element, key) === id);
  };
  /** A page that is being read has to be read again, as nobody knows what the server saw. */
  const others = ({ page, isFetching }: Leaf): Verdict =>
    page === undefined || isFetching ? undefined : "none";
  if (leaves.some(holds)) return leaves.map((leaf) => (holds(leaf) ? splice : others(leaf)));

  const loaded = leaves.filter(({ page }) => page !== undefined);
  const [first] = loaded;
  const last = loaded.at(-1);
  if (!isQuiet || loaded.some(({ isFetching }) => isFetching)) return leaves.map(() => undefined);
  const isFromStart = !first?.description._words.has(cursor);
  const isToEnd = (own(last?.page, next) ?? null) === null;
  return leaves.map((leaf): Verdict => {
    if (op === "prepend" && leaf === first && isFromStart) return splice;
    // Who began in the middle does not know whether it is in front of that, or new.
    if (op === "upsert" && leaf === last && isToEnd) return isFromStart ? splice : undefined;
    // It may have been the only one behind the last page.
    if (op === "remove" && leaf === last && !isToEnd) return undefined;
    return others(leaf);
  });
};

/** A row of pages, as an instance that is one of them knows it. */
export interface Judge {
  /** What an answer, whose call was sent when the clock was `sentAt`, changes in the page that is described. */
  readonly hear: (
    body: Answer["body"],
    sentAt: number,
    page: Description,
  ) => ReadonlyMap<unknown, Verdict>;
  /** The answer changed that page. */
  readonly note: () => void;
}

/**
 * Lets those in the answered set say what becomes of an answer before the instance takes it. An instance that is in
 * several rows of one slot takes no word for it, and is read again.
 */
export const intercept = (instance: Instance): Set<Judge> => {
  const judges = new Set<Judge>();
  const { _affect: affect } = instance;
  instance._affect = (body, sentAt, ...rest) => {
    const before = instance.getState();
    // Of effects whose beginning is unknown nothing is merged.
    const heard =
      sentAt < 0 ? [] : [...judges].map((judge) => judge.hear(body, sentAt, instance._description));
    const verdictOn = (entry: unknown): Verdict => {
      const [one, another] = heard.filter((verdicts) => verdicts.has(entry));
      return another ? undefined : one?.get(entry);
    };
    instance._splice = (entry, page) => {
      const verdict = verdictOn(entry);
      return typeof verdict === "function" ? verdict(page) : undefined;
    };
    const { merge } = body ?? {};
    const left = Array.isArray(merge) && merge.filter((entry) => verdictOn(entry) !== "none");
    const result = affect(left ? { ...body, merge: left } : body, sentAt, ...rest);
    delete instance._splice;
    if (instance.getState() !== before) for (const { note } of judges) note();
    return result;
  };
  return judges;
};
