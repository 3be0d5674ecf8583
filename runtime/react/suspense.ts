/**
 * Hooks that have their data: they suspend until it is there, and throw what keeps it away to the nearest error
 * boundary. A page without them carries none of this.
 *
 * A hook that suspends asks by itself, at the end of the tick: below a boundary that shows its fallback nothing is
 * mounted, so no provider can. Whatever is asked for in one rendering goes out together. Old data stays on the
 * page while it is fetched anew, whether that succeeds or not.
 */
import type { MizanError } from "../wire/error.js";
import { useContext } from "react";
import type { Context } from "../client/types.js";
import { contextHook, slotHook } from "./context.js";
import { keep } from "./lost.js";
import { scopeOf, useNearest, type View } from "./scope.js";
import type { SuspendedState } from "./types.js";

/** What a component above wants to know of the hooks that suspend, or throw, below it. */
export type Waiting = Pick<Set<View>, "add">;

/** Owns the scope of the nearest `MizanData`, and that of the nearest `MizanErrorBoundary`. */
export const suspending = {};
export const failing = {};

/** `useSuspenseUserContext()`: the whole instance, with its data. */
export const suspenseHook = <P, D, E = MizanError>(
  context: Context<P, D>,
): (() => SuspendedState<D, E>) => {
  const useState = contextHook(context);
  return function useSuspenseContext() {
    useArrived(useNearest<View>(context), (view) => view._getData() !== undefined);
    return useState() as SuspendedState<D, E>;
  };
};

/** `useSuspenseUserProfile()`: one slot, as soon as it is there. Re-renders only when that slot changes. */
export const suspenseSlotHook = <P, D, S extends keyof D & string>(
  context: Context<P, D>,
  slot: S,
): (() => D[S]) => {
  const useSlot = slotHook(context, slot);
  return function useSuspenseSlot() {
    useArrived(useNearest<View>(context), (view) =>
      Object.hasOwn((view._getData() ?? view.getState().slots) as object, slot),
    );
    return useSlot() as D[S];
  };
};

type IsThere = (view: View) => boolean;

/** Returns where the data is there. */
const useArrived = (view: View, isThere: IsThere): void => {
  const suspended = useContext(scopeOf<Waiting>(suspending));
  const failed = useContext(scopeOf<Waiting>(failing));
  if (isThere(view)) return;
  const { error, isFetching } = view.getState();
  if (error && !isFetching) {
    failed?.add(view);
    throw error;
  }
  suspended?.add(view);
  const arrived = arrival(view, isThere);
  keep(view, arrived);
  // React takes a promise for a suspension, in all versions that are supported.
  // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error
  throw arrived;
};

/**
 * Asks where nobody does, and resolves when the data is there or nothing is under way any more: then it failed, or
 * whoever had mounted the instance let go of it, and a component that still wants it finds out when it renders.
 */
export const arrival = async (view: View, isThere: IsThere): Promise<void> => {
  // Not while rendering: others may be told of it.
  await null;
  const { error, isFetching } = view.getState();
  if (isThere(view) || (error && !isFetching)) return;
  if (!isFetching) view.refetch();
  await new Promise<void>((resolve) => {
    const stop = view.subscribe(() => {
      if (!isThere(view) && view.getState().isFetching) return;
      stop();
      resolve();
    });
  });
};
