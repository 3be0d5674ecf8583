"use client";

/**
 * `@mizan/runtime/react`: the binding between the client kernel and React 18 and 19.
 *
 * Providers mount context instances, hooks read them, mutation hooks call functions. All state lives in the
 * kernel; nothing here keeps data, decides what is stale, or asks the server by itself, except at a focus or a
 * reconnect where a provider was told to, for the suspense hooks, and where `usePolling` says how often.
 *
 * Invariants
 * - rendering has no side effects: mounting an instance is an effect, and undone by that effect's cleanup; only a
 *   suspense hook asks for what it waits for, at the end of the tick;
 * - a provider retains its instance once, however many hooks read it;
 * - a slot hook re-renders only when its slot is another value.
 *
 * Words: a *view* is what the hooks below one provider look at (`context.ts`); a *scope* is the React context that
 * one contract or one of its contexts owns (`scope.ts`). What generated code imports is in `abi/v1/react.ts`.
 *
 * All of it runs where components have state: a server component that imports it gets references.
 */
export { MizanData, type MizanDataProps } from "./data.js";
export { MizanErrorBoundary, type Failed, type MizanErrorBoundaryProps } from "./error-boundary.js";
export { MizanHydrate, type MizanHydrateProps } from "./hydrate.js";
export { usePolling } from "./polling.js";
export { useMizan } from "./root.js";
export type {
  ContextState,
  Infinite,
  MutateCallbacks,
  MutateOptions,
  Mutation,
  Provider,
  ProviderOptions,
  ProviderProps,
  RefetchTriggers,
  RootProvider,
  RootProviderProps,
  SuspendedState,
} from "./types.js";
export { useUnmountSignal } from "./unmount.js";
