/**
 * How an application's own types reach its handlers: it fills `Register` once, by declaration merging.
 *
 *     declare module "@mizan/runtime/server" {
 *       interface Register {
 *         user: AppUser;
 *         context: AppContext;
 *         request: express.Request;
 *         response: express.Response; // for views
 *       }
 *     }
 *
 * Everything else here reads that interface, and falls back to what Mizan itself needs to know.
 */
import type { ServerResponse } from "node:http";

/** Filled by the application; empty here. Members: `user`, `context`, `request`, `response`. */
// oxlint-disable-next-line typescript/no-empty-interface -- it is there to be merged into
export interface Register {}

/** The least that Mizan asks of a signed-in user. */
export interface BaseUser {
  /** Tells users apart, in the keys of the cache too: `5` and `"5"` are one. */
  readonly id: string | number;
  /** Let in by `auth staff`. Absent is false. */
  readonly isStaff?: boolean | undefined;
  /** Let in by `auth superuser`, and by `auth staff`. Absent is false. */
  readonly isSuperuser?: boolean | undefined;
  /** For predicates to read, in any order; a token that was issued under others counts as expired (`pkey`). */
  readonly permissions?: readonly string[] | undefined;
}

/** The least that every framework's request has. Header names are in lower case. */
export interface BaseRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The signed-in user, as `authenticate` answers it. */
export type AppUser = Register extends { user: infer User extends BaseUser } ? User : BaseUser;

/** The framework's own request. */
export type AppRequest = Register extends { request: infer Request } ? Request : BaseRequest;

/** The framework's own response, which views answer with. */
export type AppResponse = Register extends { response: infer Response } ? Response : ServerResponse;

/** What the option `context` makes for each request; `undefined` without one. */
export type AppContext = Register extends { context: infer Context } ? Context : undefined;
