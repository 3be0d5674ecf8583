/**
 * What the hooks below one provider look at: the instance that the provider mounts, and, while that one is
 * empty and only if asked, the instance that was mounted before.
 */
import type { AnyContext, ContextState as InstanceState, Watch } from "../client/types.js";
import type { Client } from "../client/client.js";
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
  let last: ContextState<unknown> | null = null;

  function getView(): ContextState<unknown> {
    const own = watch.getState();
    const answered = own.status === "success" || own.status === "error";
    // Let go of, or each change of params would keep all the views before it alive.
    if (answered) previous = null;
    const state = answered ? own : waiting(own, previous?.getView().data ?? null);
    const next = { ...state, refetch: watch.refetch };
    return last !== null && sameMembers(last, next) ? last : (last = next);
  }

  return { ...watch, getView };
}

/** What an instance without an answer shows: it is asked for, or about to be. */
function waiting(own: InstanceState<unknown>, data: unknown): InstanceState<unknown> {
  const { isStale, updatedAt } = own;
  return data === null
    ? { status: "loading", data, error: null, isFetching: true, isStale, updatedAt }
    : { status: "success", data, error: null, isFetching: true, isStale, updatedAt };
}

function sameMembers(left: ContextState<unknown>, right: ContextState<unknown>): boolean {
  return (
    left.data === right.data &&
    left.error === right.error &&
    left.status === right.status &&
    left.isFetching === right.isFetching &&
    left.isStale === right.isStale &&
    left.updatedAt === right.updatedAt
  );
}
