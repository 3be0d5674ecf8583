/** Hooks that call a function and show how the latest call went. What it changes elsewhere is the kernel's. */
import { useMemo, useState } from "react";
import { functionOf } from "../client/generated.js";
import type { Client } from "../client/client.js";
import type { Call, Contract } from "../client/types.js";
import { MizanError } from "../wire/error.js";
import { rootScope, useNearest } from "./scope.js";
import type { MutateOptions, Mutation } from "./types.js";

interface Shown {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly data: unknown;
}

const nothing: Shown = { isPending: false, error: null, data: null };

type AnyCall = Call<unknown, unknown, unknown>;

/** `mutationHook(contract)("rename_user")` is `useRenameUser`. `box` as for `functionOf`. */
export function mutationHook(
  contract: Contract,
): <I, O, E>(name: string, box?: "box") => () => Mutation<I, O, E> {
  const scope = rootScope(contract);
  const fn = functionOf(contract);
  return <I, O, E>(name: string, box?: "box") => {
    const call: AnyCall = fn(name, box);
    return function useMutation() {
      const { client } = useNearest(scope, "MizanContext");
      const [shown, setShown] = useState(nothing);
      const actions = useMemo(() => createActions(call, client, setShown), [client]);
      return { ...shown, ...actions } as Mutation<I, O, E>;
    };
  };
}

type SetShown = (change: (before: Shown) => Shown) => void;

/** Calls may overlap: what is shown is the latest one's, and `isPending` says whether any is under way. */
function createActions(call: AnyCall, client: Client, setShown: SetShown) {
  let latest = 0;
  let pending = 0;

  function mutate(input?: unknown, options?: MutateOptions): Promise<unknown> {
    const mine = ++latest;
    pending++;
    setShown(() => ({ ...nothing, isPending: true }));

    function settle(outcome: Partial<Shown>): void {
      const isPending = --pending > 0;
      const news = mine === latest && outcome;
      setShown((before) => ({ ...before, ...news, isPending }));
    }
    const promise = call(input, { ...options, client });
    // Both outcomes are handled here, so a caller who does not await the promise gets no complaint.
    promise.then(
      (data) => settle({ data }),
      (error: unknown) => settle(error instanceof MizanError ? { error } : {}),
    );
    return promise;
  }

  function reset(): void {
    latest++;
    setShown(({ isPending }) => ({ ...nothing, isPending }));
  }

  return { mutate, reset };
}
