/**
 * What the hooks below one provider look at: the instance that the provider mounts, and, while that one is
 * empty and only if asked, the instance that was mounted before.
 */
import type { Client } from "../client/client.js";
import type { AnyContext, Watch } from "../client/types.js";
import { observe } from "../client/watch.js";
import type { ContextState } from "./types.js";

export interface View extends Watch<unknown> {
  /** The same object until something in it changes. */
  readonly getView: () => ContextState<unknown>;
}

/**
 * `previous` is asked, not copied: what a sign-out wiped there is gone here too. Creating a view asks the
 * server nothing and starts nothing; `retain` does.
 */
export function createView(
  client: Client,
  context: AnyContext,
  params: object,
  previous: View | null,
): View {
  const watch = observe(client, context, params);
  const { refetch } = watch;
  let last: ContextState<unknown> | null = null;

  function getView(): ContextState<unknown> {
    const own = watch.getState();
    let next: ContextState<unknown> = { ...own, refetch };
    if (own.status === "success" || own.status === "error") {
      // Let go of, or each change of params would keep all the views before it alive.
      previous = null;
    } else {
      // It is asked for, or about to be: nobody gets to see it idle.
      const data = previous?.getView().data ?? null;
      const shown =
        data === null
          ? ({ status: "loading", data } as const)
          : ({ status: "success", data } as const);
      next = { ...own, ...shown, error: null, isFetching: true, refetch };
    }
    return last !== null && same(last, next) ? last : (last = next);
  }

  return { ...watch, getView };
}

function same(left: object, right: object): boolean {
  return Object.entries(left).every(([name, value]) => value === Reflect.get(right, name));
}
