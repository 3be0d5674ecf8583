/** Providers of a context, and the hooks that read what the nearest one mounts. */
import type { MizanError } from "../wire/error.js";
import type { ReactElement, ReactNode } from "react";
import type { Client } from "../client/client.js";
import type { AnyContext, Context, Watch } from "../client/types.js";
import { observe } from "../client/watch.js";
import { createElement, useEffect, useMemo, useSyncExternalStore } from "./hooks.js";
import { scopeOf, useNearest, type Root, type View } from "./scope.js";
import type { ContextState, Provider, ProviderOptions } from "./types.js";

type AnyProviderProps = ProviderOptions & {
  readonly children?: ReactNode;
  readonly params?: object | undefined;
};

/** The view that a provider has mounted. */
interface Mounted {
  readonly client: Client;
  view?: View;
}

/** `<UserContext user_id={5}>`: mounts that instance for as long as it is mounted itself. */
export const providerOf = <P, D>(context: Context<P, D>): Provider<P> =>
  function ContextProvider(props: AnyProviderProps): ReactElement {
    const {
      client,
      children,
      params,
      keepPrevious,
      refetchOnFocus,
      refetchOnReconnect,
      ...others
    } = { ...useNearest<Root>(context.contract), ...props };
    // One per client: nobody gets to see what another client showed.
    const mounted = useMemo((): Mounted => ({ client }), [client]);
    const handle = observe(client, context as AnyContext, { ...others, ...params });
    // Once per instance: what is given may be spelled anew each time, or hold what has no text as JSON.
    const view = useMemo(
      () => createView(client, handle, keepPrevious ? mounted.view : undefined),
      // oxlint-disable-next-line react-hooks/exhaustive-deps -- equal handles do for each other, options are read once
      [mounted, handle._description?.key],
    );

    // Nothing is asked while rendering: a server renders without requests and timers, and StrictMode
    // renders twice. Effects of children run first, so that they see this load begin.
    useEffect(() => {
      const listening = new AbortController();
      const listen = (event: string): void =>
        addEventListener(
          event,
          () => {
            // A window that returns reports itself focused and visible: two events, one read.
            const isBack = event === "online" || !document.hidden;
            if (isBack && !view.getState().isFetching) view.refetch();
          },
          // Its signal ends it.
          listening,
        );
      mounted.view = view;
      view.retain();
      if (refetchOnFocus) ["focus", "visibilitychange"].forEach(listen);
      if (refetchOnReconnect) listen("online");
      return () => {
        listening.abort();
        view.release();
      };
    }, [mounted, view, refetchOnFocus, refetchOnReconnect]);

    return createElement(scopeOf(context).Provider, { value: view }, children);
  } as Provider<P>;

/**
 * Where `previous` is given, it is asked, not copied: what a sign-out wiped there is gone here too. Creating
 * a view asks the server nothing and starts nothing; `retain` does.
 */
const createView = (client: Client, watch: Watch<unknown>, previous?: View): View => {
  const getData = (): unknown => {
    const { data, error } = watch.getState();
    // Let go of, or each change of params would keep all the views before it alive.
    if (data || error) previous = undefined;
    return data ?? previous?._getData();
  };
  return { ...watch, _client: client, _getData: getData };
};

/** `useUserContext()`: the whole instance. Re-renders with every change of it. */
export const contextHook = <P, D, E = MizanError>(
  context: Context<P, D>,
): (() => ContextState<D, E>) =>
  function useContextState() {
    const view = useNearest<View>(context);
    const getShown = useMemo(() => shownBy(view), [view]);
    return useSyncExternalStore(view.subscribe, getShown, getShown) as ContextState<D, E>;
  };

/** The same object until something in it changes. */
const shownBy = ({ getState, _getData: getData, refetch }: View): (() => ContextState<unknown>) => {
  let last: ContextState<unknown> | null = null;
  return () => {
    const own = getState();
    const data = getData() ?? null;
    // Where it has nothing it is asked for, or about to be: nobody gets to see it idle.
    const next =
      own.data || own.error
        ? { ...own, refetch }
        : { ...own, data, status: data ? "success" : "loading", isFetching: true, refetch };
    if (!last || !same(last, next)) last = next as ContextState<unknown>;
    return last;
  };
};

/** Whether all that the first has is the same in the other. */
export const same = (left: object, right: object): boolean =>
  Object.entries(left).every(([name, value]) => value === Reflect.get(right, name));

/**
 * `useUserProfile()`: one slot, null until it is there, which may be before the rest of its context. Re-renders
 * only when that slot changes.
 */
export const slotHook = <P, D, S extends keyof D & string>(
  context: Context<P, D>,
  slot: S,
): (() => D[S] | null) =>
  function useSlot() {
    const view = useNearest<View>(context);
    // Instances are never mixed: what `keepPrevious` shows, it shows until the new one is whole.
    const getSlot = (): D[S] | null =>
      ((view._getData() ?? view.getState().slots) as Partial<D>)[slot] ?? null;
    return useSyncExternalStore(view.subscribe, getSlot, getSlot);
  };
