/** Providers of a context, and the hooks that read what the nearest one mounts. */
import { createElement, useEffect, useState, useSyncExternalStore } from "react";
import type { ReactElement, ReactNode } from "react";
import type { Client } from "../client/client.js";
import type { AnyContext, Context } from "../client/types.js";
import { providerName, rootScope, useNearest, viewScope } from "./scope.js";
import { refetchOnReturn } from "./triggers.js";
import type { ContextState, Provider, ProviderOptions } from "./types.js";
import { createView, type View } from "./view.js";

type AnyProviderProps = ProviderOptions & {
  readonly children?: ReactNode;
  readonly params?: object | undefined;
};

/** `<UserContext user_id={5}>`: mounts that instance for as long as it is mounted itself. */
export function providerOf<P, D>(context: Context<P, D>): Provider<P> {
  const Scope = viewScope(context);
  const name = providerName(context.name);

  function ContextProvider(props: AnyProviderProps): ReactElement {
    const root = useNearest(rootScope(context.contract), "MizanContext");
    const {
      children,
      params,
      keepPrevious,
      refetchOnFocus = root.refetchOnFocus,
      refetchOnReconnect = root.refetchOnReconnect,
      ...others
    } = props;
    const view = useView(root.client, context, { ...others, ...params }, keepPrevious);

    // Nothing is asked while rendering: a server renders without requests and timers, and StrictMode
    // renders twice. Effects of children run first, so that they see this load begin.
    useEffect(() => {
      const listening = new AbortController();
      view.retain();
      refetchOnReturn(view, { refetchOnFocus, refetchOnReconnect }, listening.signal);
      return () => {
        listening.abort();
        view.release();
      };
    }, [view, refetchOnFocus, refetchOnReconnect]);

    return createElement(Scope.Provider, { value: view }, children);
  }
  ContextProvider.displayName = name;
  return ContextProvider as Provider<P>;
}

/** One view per client and params. Where their data shall stay, the next view is given the one before. */
function useView(
  client: Client,
  context: AnyContext,
  params: object,
  keepPrevious?: boolean,
): View {
  // Another spelling of the same params only makes another handle on the same instance.
  const key = JSON.stringify(params);
  const create = (previous: View | null) => ({
    client,
    key,
    view: createView(client, context, params, previous),
  });
  const [held, setHeld] = useState(() => create(null));
  if (held.client === client && held.key === key) return held.view;
  const next = create(keepPrevious && held.client === client ? held.view : null);
  setHeld(next);
  return next.view;
}

/** `useUserContext()`: the whole instance. Re-renders with every change of it. */
export function contextHook<P, D>(context: Context<P, D>): () => ContextState<D> {
  return function useContextState() {
    const { subscribe, getView } = useNearestView(context);
    return useSyncExternalStore(subscribe, getView, getView) as ContextState<D>;
  };
}

/** `useUserProfile()`: one slot, null until it is there. Re-renders only when that slot changes. */
export function slotHook<P, D, S extends keyof D & string>(
  context: Context<P, D>,
  slot: S,
): () => D[S] | null {
  return function useSlot() {
    const { subscribe, getView } = useNearestView(context);
    const getSlot = (): D[S] | null => (getView().data as D | null)?.[slot] ?? null;
    return useSyncExternalStore(subscribe, getSlot, getSlot);
  };
}

function useNearestView(context: AnyContext): View {
  return useNearest(viewScope(context), providerName(context.name));
}
