/** Hooks that call a function and show how the latest call went. What it changes elsewhere is the kernel's. */
import { functionOf } from "../client/generated.js";
import type { Client } from "../client/client.js";
import type { Call, Contract, NoDrafts } from "../client/types.js";
import { MizanError } from "../wire/error.js";
import { useMemo, useState } from "./hooks.js";
import { useNearest, type Root } from "./scope.js";
import type { MutateOptions, Mutation } from "./types.js";

type AnyCall = Call<unknown, unknown, unknown>;
type AnyMutation = Mutation<unknown, unknown, unknown>;

/** `mutationHook(contract)("rename_user")` is `useRenameUser`. Words as for what makes the call. */
export const mutationHook =
  (
    contract: Contract,
    fn: (name: string, words?: string) => AnyCall = functionOf(contract),
  ): (<I, O, E, D = NoDrafts>(name: string, words?: string) => () => Mutation<I, O, E, D>) =>
  <I, O, E, D = NoDrafts>(name: string, words?: string) => {
    const call = fn(name, words);
    return function useMutation() {
      const { client } = useNearest<Root>(contract);
      const [shown, show] = useState<AnyMutation>();
      const idle = useMemo(() => createMutation(call, client, show), [client]);
      // What another client was answered was another user's.
      return (shown?.mutate === idle.mutate ? shown : idle) as Mutation<I, O, E, D>;
    };
  };

/** A mutation of which nothing is known. Calls may overlap: what is shown is the latest one's. */
const createMutation = (
  call: AnyCall,
  client: Client,
  show: (shown: AnyMutation) => void,
): AnyMutation => {
  /** What is known of the latest call: `data`, `error`, or neither yet. */
  let latest: Record<string, unknown>;
  /** Inputs of the calls under way. */
  let pending: readonly unknown[] = [];

  const update = (): void => show({ ...idle, ...latest, pending, isPending: pending.length > 0 });
  /** Forgets the call before, which then goes on unseen: its outcome is written where nobody looks. */
  const reset = (): void => {
    latest = {};
    update();
  };

  const idle: AnyMutation = {
    isPending: false,
    pending,
    error: null,
    data: null,
    reset,
    mutate: (input?: unknown, options: MutateOptions = {}): Promise<unknown> => {
      pending = [...pending, input];
      reset();
      const mine = latest;
      const settle = <Value>(
        name: string,
        value: Value,
        then?: (value: Value) => unknown,
      ): unknown => {
        pending = pending.toSpliced(pending.indexOf(input), 1);
        mine[name] = value;
        update();
        return then?.(value);
      };
      const promise = call(input, { ...options, client });
      // Both outcomes are handled here, so a caller who does not await the promise gets no complaint. What a callback
      // throws nobody handles, and so it is reported.
      promise
        .then(
          (data) => settle("data", data, options.onSuccess),
          (error: unknown) =>
            error instanceof MizanError
              ? settle("error", error, options.onError)
              : settle("data", null),
        )
        .finally(options.onSettled);
      return promise;
    },
  };
  return idle;
};
