/** Hooks that call a function and show how the latest call went. What it changes elsewhere is the kernel's. */
import { functionOf } from "../client/generated.js";
import type { Client } from "../client/client.js";
import type { Call, Contract } from "../client/types.js";
import { MizanError } from "../wire/error.js";
import { useMemo, useState } from "./hooks.js";
import { useNearest, type Root } from "./scope.js";
import type { MutateOptions, Mutation } from "./types.js";

type AnyCall = Call<unknown, unknown, unknown>;

/** `mutationHook(contract)("rename_user")` is `useRenameUser`. Words as for what makes the call. */
export const mutationHook =
  (
    contract: Contract,
    fn: (name: string, words?: string) => AnyCall = functionOf(contract),
  ): (<I, O, E>(name: string, words?: string) => () => Mutation<I, O, E>) =>
  <I, O, E>(name: string, words?: string) => {
    const call = fn(name, words);
    return function useMutation() {
      const { client } = useNearest<Root>(contract);
      const [shown, show] = useState<object>();
      const actions = useMemo(() => createActions(call, client, show), [client]);
      const mutation: object = { isPending: false, error: null, data: null, ...shown, ...actions };
      return mutation as Mutation<I, O, E>;
    };
  };

/** Calls may overlap: what is shown is the latest one's, and `isPending` says whether any is under way. */
const createActions = (call: AnyCall, client: Client, show: (shown: object) => void) => {
  /** What is known of the latest call: `data`, `error`, or neither yet. */
  let latest: object;
  let pending = 0;

  const update = (): void => show({ ...latest, isPending: pending > 0 });
  /** Forgets the call before, which then goes on unseen: its outcome is written where nobody looks. */
  const reset = (): void => {
    latest = {};
    update();
  };

  return {
    reset,
    mutate: (input?: unknown, options?: MutateOptions): Promise<unknown> => {
      pending++;
      reset();
      const mine = latest;
      const settle = (outcome: object): void => {
        pending--;
        Object.assign(mine, outcome);
        update();
      };
      const promise = call(input, { ...options, client });
      // Both outcomes are handled here, so a caller who does not await the promise gets no complaint.
      promise.then(
        (data) => settle({ data }),
        (error: unknown) => settle(error instanceof MizanError ? { error } : {}),
      );
      return promise;
    },
  };
};
