/**
 * What generated React code and its users see. Types only: the binding's behaviour is in the files beside.
 *
 * Shapes follow one rule: data that has not arrived is `null`, never `undefined`.
 */
import type { ReactElement, ReactNode } from "react";
import type { Client, ClientOptions } from "../client/client.js";
import type { Optimistic } from "../client/optimism.js";
import type { PagesState, WatchedPages } from "../client/pages.js";
import type {
  Arguments,
  ContextState as InstanceState,
  Fails,
  NoDrafts,
  RequestOptions,
} from "../client/types.js";
import type { MizanError } from "../wire/error.js";

/** When a mounted provider asks again although nobody said that its data is stale. Both are off by default. */
export interface RefetchTriggers {
  /** The page became visible or got the focus. */
  readonly refetchOnFocus?: boolean | undefined;
  /** The browser came back online. */
  readonly refetchOnReconnect?: boolean | undefined;
}

export interface ProviderOptions extends RefetchTriggers {
  /**
   * After a change of params, hooks go on showing the old instance's data until the new instance's
   * arrived. A failed load of the new one ends that too.
   */
  readonly keepPrevious?: boolean | undefined;
}

/** Prop names that are React's, or ours: params of these names can be given as `params={{…}}` only. */
export type ReservedProp =
  "key" | "ref" | "children" | "client" | "fallback" | "params" | keyof ProviderOptions;

type RequiredNames<P> = { [K in keyof P]-?: object extends Pick<P, K> ? never : K }[keyof P];

/** Params as props: not for a context that requires a param of a reserved name. */
type ParamsAsProps<P> = [RequiredNames<P> & ReservedProp] extends [never]
  ? Omit<P, ReservedProp> & { readonly params?: undefined }
  : never;

/** A context without params has an index signature there, which no other prop would agree with. */
type ParamProps<P> = string extends keyof P
  ? { readonly params?: P | undefined }
  : ParamsAsProps<P> | { readonly params: P };

export type ProviderProps<P> = ProviderOptions & { readonly children?: ReactNode } & ParamProps<P>;

/** Mounts one instance of a context for everything below it. */
export type Provider<P> = (props: ProviderProps<P>) => ReactElement;

/** The triggers given here hold for every provider below that does not say otherwise. */
export type RootProviderProps = RefetchTriggers & { readonly children?: ReactNode } & (
    { readonly client: Client } | (ClientOptions & { readonly client?: undefined })
  );

/**
 * Gives a client to everything below it: the one in `client`, or one made from the other props when it
 * mounts, and again when `baseUrl` changes. Mounts the `global` context where the contract has one. Where suspense
 * hooks below it stand in no `Suspense` of their own, objects and functions among the props keep their identity.
 */
export type RootProvider = (props: RootProviderProps) => ReactElement;

/**
 * What `useUserContext()` answers: the state of the instance that the nearest provider mounts, and a way
 * to ask the server again. A provider is never `idle`: what it has not asked for yet it is about to.
 */
export type ContextState<D, E = MizanError> = InstanceState<D, E> & {
  readonly refetch: () => void;
};

/** What `useSuspenseUserContext()` answers: there is data, beside an error only where it could not be fetched anew. */
export interface SuspendedState<D, E = MizanError> extends Omit<
  ContextState<D, E>,
  "data" | "status"
> {
  readonly data: D;
  readonly status: "success" | "error";
}

/**
 * What `useInfinitePosts()` answers: all that is shown of the list, and ways to ask for more, or again. It is never
 * `idle`, as with `useUserContext()`. `fetchNext` and `refetch` keep their identity as long as the instance does.
 */
export type Infinite<Page, Item> = PagesState<Page, Item> &
  Pick<WatchedPages<Page, Item>, "fetchNext" | "refetch">;

/**
 * What to do when a call has ended, whatever became of the component meanwhile. Each is called once, after the hook's
 * state and all that the answer says of data. What it throws, or rejects with, is an unhandled rejection, and changes
 * nothing else.
 */
export interface MutateCallbacks<O = unknown, E = MizanError> {
  readonly onSuccess?: ((data: O) => unknown) | undefined;
  /** Not for a call that was aborted. */
  readonly onError?: ((error: E) => unknown) | undefined;
  /** After the others, and after an abort. */
  readonly onSettled?: (() => unknown) | undefined;
}

/**
 * The client is the one that the hook found above it. A call ends with its component only where it is told to, by
 * `signal: useUnmountSignal()`.
 */
export type MutateOptions<Drafts = NoDrafts, O = unknown, E = MizanError> = Omit<
  RequestOptions,
  "client"
> &
  Optimistic<Drafts> &
  MutateCallbacks<O, E>;

/** What `useRenameUser()` answers. `mutate` and `reset` keep their identity as long as the client does. */
export interface Mutation<I, O, E, Drafts = NoDrafts> {
  /**
   * Calls the function. The promise rejects with the typed error; it is marked as handled, so that
   * nobody has to await it only to avoid an `unhandledrejection`.
   */
  readonly mutate: ((...args: Arguments<I, MutateOptions<Drafts, O, E>>) => Promise<O>) & Fails<E>;
  /** Whether any call of this hook is under way. */
  readonly isPending: boolean;
  /** The inputs of the calls under way, oldest first: `remove.pending.some(({ id }) => id === row.id)`. */
  readonly pending: readonly I[];
  /** Why the latest call failed; null while it has not, and when it was aborted. */
  readonly error: E | null;
  /** The result of the latest call. */
  readonly data: O | null;
  /** Forgets `error` and `data`, and what calls under way will answer. Their effects still apply. */
  readonly reset: () => void;
}
