/**
 * Telling errors apart, and meeting them as values. A page that uses none of this carries none of it.
 *
 * An error is known by its name and by who was asked, not by its class: a page can hold two copies of this
 * package, and an error of one is as good as one of the other.
 */
import { isObject } from "../wire/json.js";
import type { MizanError } from "../wire/error.js";
import type { Fails, IsError } from "./types.js";

/** Anything that a call or a read ends with but an abort. */
export const isMizanError = (error: unknown): error is MizanError =>
  isObject(error) && error["name"] === "MizanError";

/** `isErrorOf("rename_user")` is `isRenameUserError`. Where two contracts have such a function, it means both. */
export const isErrorOf =
  <Failure>(fn: string): IsError<Failure> =>
  (error): error is Failure =>
    isMizanError(error) && error.fn === fn;

/** `isReadErrorOf("user")` is `isUserContextError`: for reads of a context, whichever function was at fault. */
export const isReadErrorOf =
  <Failure>(context: string): IsError<Failure> =>
  (error): error is Failure =>
    isMizanError(error) && error.context === context;

/** How it went: `ok` says which, and `data` and `error` may be taken apart before it is asked. */
export type Outcome<Data, Failure> =
  | { readonly ok: true; readonly data: Data; readonly error: null }
  | { readonly ok: false; readonly data: null; readonly error: Failure };

/**
 * The same call or read, but one that answers with its error instead of rejecting:
 *
 *     const renamed = await safe(callRenameUser)({ user_id: 5, name: "Ada" });
 *     if (!renamed.ok) return explain(renamed.error); // a RenameUserError
 *
 * It takes the calls and fetches of a generated client and the `mutate` of a hook. What is no `MizanError`
 * still rejects: an abort, with its signal's reason, because whoever aborted wants the code behind this line
 * not to run, and mistakes of programming.
 */
export const safe =
  <Args extends readonly unknown[], Data, Failure>(
    call: ((...args: Args) => Promise<Data>) & Fails<Failure>,
  ): ((...args: Args) => Promise<Outcome<Data, Failure>>) =>
  async (...args) => {
    try {
      return { ok: true, data: await call(...args), error: null };
    } catch (error) {
      if (!isMizanError(error)) throw error;
      // Which errors a call rejects with is known to its contract alone.
      return { ok: false, data: null, error: error as Failure };
    }
  };
