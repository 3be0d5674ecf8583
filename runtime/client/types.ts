/**
 * The types that applications, generated code and the framework bindings see. Plain interfaces without
 * inference: the generator knows every type and writes it down, so nothing has to be computed here.
 */
import type { MizanError } from "../wire/error.js";
import type { Client } from "./client.js";
import type { Description } from "./describe.js";
import type { Optimistic } from "./optimism.js";

/** What generated code knows about the contract as a whole. */
export interface Contract {
  /** First 16 hex digits of the hash of the contract's wire shape. */
  readonly hash: string;
  /** `X-Mizan-`, unless the server speaks with another prefix. */
  readonly headerPrefix: string;
}

/** The input of a function that takes none. */
export type NoInput = Readonly<Record<string, never>>;
/** The params of a context that takes none. */
export type NoParams = Readonly<Record<string, never>>;

/** Given to any call or read. */
export interface RequestOptions {
  /** Default: the client that `configure` made. */
  readonly client?: Client;
  /**
   * Rejects the promise at once with the signal's reason. A read is really cancelled; a call that was
   * already sent runs on, and its effects are applied when it is answered.
   */
  readonly signal?: AbortSignal;
  /** Milliseconds until the promise is rejected with `TIMEOUT`; 0 is never. Default: the client's. */
  readonly timeoutMs?: number;
  /** Beside the client's own headers; of equal names these win. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Given to a call. `Drafts`: see `Optimistic`. */
export type CallOptions<Drafts> = RequestOptions & Optimistic<Drafts>;

/** The drafts of a function that affects no context. */
export type NoDrafts = Readonly<Record<string, never>>;

/** An input may be left out where all its fields may. */
export type Arguments<Input, Options> = {} extends Input
  ? [input?: Input, options?: Options]
  : [input: Input, options?: Options];

declare const failure: unique symbol;

/** Carries a type for `FailureOf`; there is no such property at run time. */
export interface Fails<Failure> {
  readonly [failure]?: Failure;
}

/**
 * A function of the contract. Rejects with a `MizanError` (its type is `FailureOf` this call), or with
 * the reason of an aborted signal.
 */
export interface Call<Input, Output, Failure, Drafts = NoDrafts> extends Fails<Failure> {
  (...args: Arguments<Input, CallOptions<Drafts>>): Promise<Output>;
}

/** The errors that a call or a read can reject with, declared ones first: a union to switch over by `code`. */
export type FailureOf<C> = C extends { readonly [failure]?: infer Failure } ? Failure : never;

/** Narrows whatever was thrown to the errors of one function, or of one context. */
export interface IsError<Failure> {
  (error: unknown): error is Failure;
}

declare const types: unique symbol;

/** A context of the contract: what instances are keyed by and what their bundles hold. */
export interface Context<Params, Data> {
  readonly contract: Contract;
  /** The wire name. */
  readonly name: string;
  /** Slot name to descriptor; the words of a descriptor are explained in `describe.ts`. */
  readonly slots: Readonly<Record<string, string>>;
  /** Shared caches on the way may keep bundles for a while. */
  readonly cache?: "public" | undefined;
  readonly [types]?: { readonly params: Params; readonly data: Data };
}

/** Any context, where neither params nor data matter. */
export type AnyContext = Context<unknown, unknown>;

/** One read of a context, kept nowhere. Rejects like a call, after retries. */
export interface FetchContext<Params, Data, Failure = MizanError> extends Fails<Failure> {
  (...args: Arguments<Params, RequestOptions>): Promise<Data>;
}

/** Mounts an instance of a context; the caller must `release` it. */
export interface WatchContext<Params, Data, Failure = MizanError> {
  (...args: Arguments<Params, WatchOptions>): Watch<Data, Failure>;
}

/** Given to whatever mounts something. */
export interface WatchOptions {
  /** Default: the client that `configure` made. */
  readonly client?: Client;
}

interface StateCommon<Data> {
  /**
   * What there is of each slot: all of `data`, or, while there is none, what has arrived of the first load.
   * These values may be of different moments, and are gone again if that load fails.
   */
  readonly slots: Partial<Data>;
  /** A read is under way, or an answer waits for the others that belong to it. */
  readonly isFetching: boolean;
  /** An effect made the data old and no newer answer was accepted yet. */
  readonly isStale: boolean;
  /** When an answer was last accepted, in milliseconds since the epoch; 0 is never. */
  readonly updatedAt: number;
}

/**
 * What an instance shows. `idle`: nobody has asked for it yet. `error` keeps the last data beside the
 * error, if there was any. `data` is there when all of it is, so its type has no gaps; `slots` is for
 * whoever can show a part. Unchanged parts keep their identity from one state to the next.
 */
export type ContextState<Data, Failure = MizanError> = StateCommon<Data> &
  (
    | { readonly status: "idle" | "loading"; readonly data: null; readonly error: null }
    | { readonly status: "success"; readonly data: Data; readonly error: null }
    | { readonly status: "error"; readonly data: Data | null; readonly error: Failure }
  );

/** A handle on one context instance. All methods may be passed around unbound. */
export interface Watch<Data, Failure = MizanError> {
  /** @internal */
  readonly _description?: Description;
  /** The same object until something changes. Before the first `retain` it may be `idle`. */
  readonly getState: () => ContextState<Data, Failure>;
  /**
   * The listener is called after each step that changed the state; the answer ends it. To follow one
   * slot, compare `getState().slots[slot]` by identity.
   */
  readonly subscribe: (listener: () => void) => () => void;
  /** Asks again, after the read under way if there is one. */
  readonly refetch: () => void;
  /** Mounts the instance for this handle: it is fetched if need be, and refetched when effects reach it. */
  readonly retain: () => void;
  /** Undoes `retain`. A read that nobody waits for any more is aborted at the end of the tick. */
  readonly release: () => void;
}
