/** Providers of a context, and the hooks that read what the nearest one mounts. */
import { createElement, useEffect, useState, useSyncExternalStore } from "react";
import type { ReactElement, ReactNode } from "react";
import type { Client } from "../client/client.js";
import type { AnyContext, Context } from "../client/types.js";
import { pascal, rootScope, useNearest, viewScope } from "./scope.js";
import { listenForReturns } from "./triggers.js";
import type { ContextState, Provider, ProviderOptions } from "./types.js";
import { createView, type View } from "./view.js";

type AnyProviderProps = ProviderOptions & {
  readonly children?: ReactNode;
  readonly params?: object | undefined;
};

/** `<UserContext user_id={5}>`: mounts that instance for as long as it is mounted itself. */
export function providerOf<P, D>(context: Context<P, D>): Provider<P> {
  const Scope = viewScope(context);
  const name = `${pascal(context.name)}Context`;

  function ContextProvider(props: AnyProviderProps): ReactElement {
    const { children, keepPrevious, refetchOnFocus, refetchOnReconnect, params, ...others } = props;
    const root = useNearest(rootScope(context.contract), `<${name}>`, "MizanContext");
    const view = useView(root.client, context, { ...others, ...params }, keepPrevious === true);

    // Nothing is asked while rendering: a server renders without requests and timers, and StrictMode
    // renders twice. Effects of children run first, so that they see this load begin.
    useEffect(() => {
      view.retain();
      return view.release;
    }, [view]);

    const focus = refetchOnFocus ?? root.refetchOnFocus ?? false;
    const reconnect = refetchOnReconnect ?? root.refetchOnReconnect ?? false;
    useEffect(() => listenForReturns(view, focus, reconnect), [view, focus, reconnect]);

    return createElement(Scope.Provider, { value: view }, children);
  }
  ContextProvider.displayName = name;
  return ContextProvider as Provider<P>;
}

/** One view per client and params. Where their data shall stay, the next view is given the one before. */
function useView(client: Client, context: AnyContext, params: object, keepPrevious: boolean): View {
  // Another spelling of the same params only makes another handle on the same instance.
  const key = JSON.stringify(params);
  const [held, setHeld] = useState(() => create(null));
  if (held.client === client && held.key === key) return held.view;
  const next = create(keepPrevious && held.client === client ? held.view : null);
  setHeld(next);
  return next.view;

  function create(previous: View | null) {
    return { client, key, view: createView(client, context, params, previous) };
  }
}

/** `useUserContext()`: the whole instance. Re-renders with every change of it. */
export function contextHook<P, D>(context: Context<P, D>): () => ContextState<D> {
  const find = finder(context, `${pascal(context.name)}Context`);
  return function useContextState() {
    const view = find();
    return useSyncExternalStore(view.subscribe, view.getView, view.getView) as ContextState<D>;
  };
}

/** `useUserProfile()`: one slot, null until it is there. Re-renders only when that slot changes. */
export function slotHook<P, D, S extends keyof D & string>(
  context: Context<P, D>,
  slot: S,
): () => D[S] | null {
  const find = finder(context, pascal(slot));
  return function useSlot() {
    const view = find();
    const getSlot = () => (view.getView().data as D | null)?.[slot] ?? null;
    return useSyncExternalStore(view.subscribe, getSlot, getSlot);
  };
}

/** The hook that finds the nearest view, or complains in the words of the generated code. */
function finder(context: AnyContext, suffix: string): () => View {
  const provider = context.name === "global" ? "MizanContext" : `${pascal(context.name)}Context`;
  return () => useNearest(viewScope(context), `use${suffix}()`, provider);
}
