/**
 * The framework-free client, `@mizan/runtime/client`: calls, reads, and context instances that are kept
 * fresh by what the answers to calls say. `client.ts` has the words, `store.ts` and `instance.ts` have
 * the ordering rules of `spec/runtime.md`.
 *
 * It knows no framework and no contract: bindings stand on `observe`, generated code on the factories in
 * `generated.ts`. It keeps nothing between page loads, and sends nothing but what it is asked for.
 *
 * What holds: each factory is pure, so a page carries what it uses; a client shares nothing with another;
 * no subscriber is called, and nothing is sent, in the middle of a change.
 */
export { configure, createClient, type Client, type ClientOptions } from "./client.js";
export { dehydrate, hydrate, snapshotOf, snapshotScript, type Snapshot } from "./hydrate.js";
export { isMizanError, safe, type Outcome } from "./errors.js";
export type { Cause, ClientEvent } from "./events.js";
export { instances, listen, type Instance } from "./listen.js";
export type { HttpOptions } from "./http.js";
export type { ReadRequest, Request, Transport } from "./transport.js";
export type { Pages, PagesState, Pagination, WatchedPages, WatchPages } from "./pages.js";
export type * from "./types.js";
export { prefetch } from "./prefetch.js";
export { observe, receive, watch } from "./watch.js";
export type { Answer } from "../wire/answer.js";
export type { Effects, InvalidateEntry, MergeEntry } from "../wire/effects.js";
export {
  MizanError,
  type DeclaredError,
  type ProtocolCode,
  type ProtocolError,
  type ValidationDetails,
} from "../wire/error.js";
