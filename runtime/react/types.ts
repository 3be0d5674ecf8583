/**
 * What generated React code and its users see. Types only: the binding's behaviour is in the files beside.
 *
 * Shapes follow one rule: data that has not arrived is `null`, never `undefined`.
 */
import type { ReactElement, ReactNode } from "react";
import type { CallOptions, Client, ClientOptions, MizanError, NoInput } from "../client/types.js";

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

export type ProviderProps<P> = ProviderOptions & { readonly children?: ReactNode } & (
    ParamsAsProps<P> | { readonly params: P }
  );

/** Mounts one instance of a context for everything below it. */
export type Provider<P> = (props: ProviderProps<P>) => ReactElement;

export type RootProviderProps = RefetchTriggers & { readonly children?: ReactNode } & (
    { readonly client: Client } | (ClientOptions & { readonly client?: undefined })
  );

/**
 * Gives a client to everything below it: the one in `client`, or one made from the other props when it
 * mounts, and again when `baseUrl` changes. Mounts the `global` context where the contract has one.
 */
export type RootProvider = (props: RootProviderProps) => ReactElement;

/** What `useUserContext()` answers. */
export interface ContextState<D> {
  /** The whole bundle. Stays beside the error when a refetch failed; null until the first load is done. */
  readonly data: D | null;
  readonly status: "idle" | "loading" | "success" | "error";
  readonly error: MizanError | null;
  readonly isFetching: boolean;
  /** Asks the server again. Resolves when the answer is shown or has failed; never rejects. */
  readonly refetch: () => Promise<void>;
}

/** The arguments of a call, which may be left out when there is nothing that must be given. */
export type MutateArguments<I> = [I] extends [NoInput]
  ? [args?: I | undefined, options?: CallOptions]
  : object extends I
    ? [args?: I | undefined, options?: CallOptions]
    : [args: I, options?: CallOptions];

/** What `useRenameUser()` answers. `mutate` and `reset` keep their identity as long as the client does. */
export interface Mutation<I, O, E> {
  /**
   * Calls the function. The promise rejects with the typed error; it is marked as handled, so that
   * nobody has to await it only to avoid an `unhandledrejection`.
   */
  readonly mutate: (...args: MutateArguments<I>) => Promise<O>;
  /** Whether any call of this hook is under way. */
  readonly isPending: boolean;
  /** The error of the latest call, null while none failed. */
  readonly error: E | null;
  /** The result of the latest call. */
  readonly data: O | null;
  /** Forgets `error` and `data`, and what calls under way will answer. Their effects still apply. */
  readonly reset: () => void;
}
