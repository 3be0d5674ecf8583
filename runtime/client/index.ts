/** The framework-free client: `@mizan/runtime/client`. */
export { configure, createClient, type Client, type ClientOptions } from "./client.js";
export type { Cause, ClientEvent } from "./events.js";
export type { HttpOptions } from "./http.js";
export type { Request, Transport } from "./transport.js";
export type * from "./types.js";
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
