/**
 * The types that a generated `handlers.ts` puts together, and that handlers are written against.
 *
 * A generated file names, per function, its input, its output, the errors it declares, and whether a guard
 * promises a user. What the whole contract allows (`Effects`) is one interface shared by all of them, so
 * that the compiler reads it once.
 */
import type { DeclaredError, NotImplemented } from "./answer/failures.js";
import type { Logger } from "./log.js";
import type { AppContext, AppRequest, AppResponse, AppUser } from "./register.js";

/** The input of a function that declares none. */
export type NoInput = Record<never, never>;

/** The params of a context that has none. */
export type NoParams = Record<string, never>;

/** `signed-in` under `auth required`, `staff` and `superuser`; a predicate may let nobody pass. */
export type Access = "anyone" | "signed-in";

/** What a generated `Effects` interface holds: one member per context, slot and function. */
export interface AnyEffects {
  readonly invalidate: object;
  readonly merge: object;
  readonly call: object;
}

export interface NoEffects extends AnyEffects {}

/**
 * The team's implementation of one function. The input is the parsed one: defaults filled in, absent
 * nullables `null`. The output is checked against the contract before it is sent.
 */
export type Handler<
  Input,
  Output,
  Errors = NoErrors,
  Effects extends AnyEffects = NoEffects,
  Who extends Access = "anyone",
> = (
  input: Input,
  ctx: HandlerContext<Errors, Effects, Who>,
) => Returned<Output> | Promise<Returned<Output>>;

/** A function that answers nothing has the output `null`; its handler need not write `return null`. */
type Returned<Output> = [Output] extends [null] ? null | void : Output;

/** What a handler gets beside its input. */
export interface HandlerContext<
  Errors = NoErrors,
  Effects extends AnyEffects = NoEffects,
  Who extends Access = Access,
> {
  /** The signed-in user; never null under `auth required`, `staff` and `superuser`. */
  readonly user: Who extends "signed-in" ? AppUser : AppUser | null;
  /** The framework's own request. */
  readonly req: AppRequest;
  /** Headers of the answer, for cookies and the like. */
  readonly res: ResponseHeaders;
  /** Aborted when the client is gone, or the handler has run for longer than it may. */
  readonly signal: AbortSignal;
  /** The server's logger; each line carries the function and the request id. */
  readonly log: Logger;
  /** Makers of the errors that the contract declares for this function: `throw ctx.errors.X({…})`. */
  readonly errors: ErrorMakers<Errors>;
  /** Makes contexts stale beyond the declared effects: `ctx.invalidate.team({ team_id })`. */
  readonly invalidate: Effects["invalidate"];
  /** Puts values into slots beyond the declared effects: `ctx.merge.user.user_profile(profile, { user_id })`. */
  readonly merge: Effects["merge"];
  /** Runs another function in process, guards included; its effects join this answer. */
  readonly call: Effects["call"];
  /** What the option `context` made for this request. */
  readonly app: AppContext;
  /** Stands in the log and in the details of an internal error. */
  readonly requestId: string;
  /** Tells the client that somebody signed in or out, so that it forgets what it holds; before the answer. */
  identityChanged(): void;
  /**
   * A token for `X-Mizan-Token` that stands for this user, by the option `mwt`. Only whoever has a session
   * gets one: throws what answers 401 when nobody is signed in, and 403 when a token is what signed them in,
   * so that tokens cannot prolong themselves. Throws a TypeError without the option.
   */
  issueMwt(): Promise<string>;
  /**
   * `throw ctx.notImplemented()` answers 501. What is handed over is ignored: a stub names its input
   * there, so that strict compilers do not report it as unused.
   */
  notImplemented(...unused: readonly unknown[]): NotImplemented;
}

/**
 * The team's implementation of one view: it answers with the framework's own response, when it likes. What it
 * returns means nothing. Should it throw before it has answered, the error envelope is sent.
 */
export type ViewHandler<
  Input,
  Errors = NoErrors,
  Effects extends AnyEffects = NoEffects,
  Who extends Access = "anyone",
> = (input: Input, ctx: ViewContext<Errors, Effects, Who>) => unknown;

/** What a view's handler gets beside its input. Effects count if they are said before it answers. */
export interface ViewContext<
  Errors = NoErrors,
  Effects extends AnyEffects = NoEffects,
  Who extends Access = Access,
> extends Omit<HandlerContext<Errors, Effects, Who>, "res" | "merge"> {
  /** The framework's own response: `res.render(…)` and `res.redirect(…)` of Express, node's `res.end(…)`. */
  readonly res: AppResponse;
  /**
   * The token that an unsafe view asks for, to be put into a form as the hidden field `csrfToken`, before any
   * field with a file. Sets the cookie that belongs to it, so it is asked for before the answer begins.
   */
  csrfToken(): string;
}

/** No declared errors. */
export type NoErrors = Record<never, never>;

/** Name of a declared error to its details; `undefined` for an error without a payload. */
export type ErrorMakers<Errors> = {
  readonly [Name in keyof Errors]: Errors[Name] extends undefined
    ? () => DeclaredError
    : (details: Errors[Name]) => DeclaredError;
};

export interface ResponseHeaders {
  /**
   * Replaces a header. Throws a TypeError for text that is no header, and for headers Mizan owns. What is set when
   * the answer has begun reaches nobody, and is logged.
   */
  set(name: string, value: string): void;
  /** Adds one more header of this name, as `Set-Cookie` needs. Throws like `set`. */
  append(name: string, value: string): void;
}

// ---- members of a generated `Effects` interface

/** `ctx.invalidate.user({ user_id })`; without params every instance of the context. */
export type Invalidate<Params> = (params?: Params) => void;

/** `ctx.merge.user.user_profile(value, params)`: replaces the slot. */
export type Merge<Value, Params> = (value: Value, params?: Params) => void;

/** A slot that holds a list of structs: replaced as a whole, or element by element, found by `key`. */
export interface MergeList<Item, Params, List = readonly Item[]> {
  (value: List, params?: Params): void;
  upsert(item: Item, key: keyof Item & string, params?: Params): void;
  prepend(item: Item, key: keyof Item & string, params?: Params): void;
  remove<Key extends keyof Item & string>(item: Pick<Item, Key>, key: Key, params?: Params): void;
}

/** `await ctx.call.rename_user(args)`. Rejects with what the called function failed with. */
export type CallFunction<Args, Output> =
  Record<never, never> extends Args
    ? (args?: Args) => Promise<Output>
    : (args: Args) => Promise<Output>;

/** A parsed input as a caller may write it: the named fields may be left out. */
export type Omittable<Input, Names extends keyof Input> = Omit<Input, Names> &
  Partial<Pick<Input, Names>>;

// ---- predicates

/** A named guard of the application. Only `true` lets a request pass; throwing answers 500. */
export type Predicate<Input> = (asked: {
  readonly user: AppUser | null;
  readonly input: Input;
  readonly req: AppRequest;
}) => boolean | Promise<boolean>;
