/** What is driven: a client's cache, as an author uses it. */
import type { Data, expected, Mutation, patched, Query, Result, touched } from "./app.js";

/** What a cache asks, and what its author knows of the application. */
export interface Backend {
  /** Sends a read of some queries in one request. Rejects where it fails. */
  readonly read: (queries: readonly Query[]) => Promise<readonly Data[]>;
  /** Sends a mutation. Rejects with `Refused` where the server says no, and otherwise if the answer is lost. */
  readonly mutate: (mutation: Mutation) => Promise<Result>;
  readonly touched: typeof touched;
  readonly patched: typeof patched;
  readonly expected: typeof expected;
}

export class Refused extends Error {}

/** What a component shows of a query. */
export interface Shown {
  readonly data: Data | undefined;
  readonly isFetching: boolean;
  readonly isError: boolean;
}

export interface Cache {
  /** A component that shows the query appears; the answer takes it away. */
  readonly mount: (query: Query) => () => void;
  /** Somebody wants to see it anew. */
  readonly refetch: (query: Query) => void;
  /** Calls the server, and does all that the author of the page does about the data. Never rejects. */
  readonly mutate: (mutation: Mutation) => void;
  /** Of a mounted query. */
  readonly shown: (query: Query) => Shown;
  readonly close: () => void;
}

/** `changed` is to be called whenever components show something else. */
export type OpenCache = (backend: Backend, changed: () => void) => Cache;
