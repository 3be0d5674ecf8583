/** Hooks that call a function and show how the latest call went. What it changes elsewhere is the kernel's. */
import { functionOf } from "../client/generated.js";
import type { Client } from "../client/client.js";
import { isMizanError } from "../client/errors.js";
import type { Call, Contract, NoDrafts } from "../client/types.js";
import { useMemo, useSyncExternalStore } from "./hooks.js";
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
      const [subscribe, getShown] = useMemo(() => createMutation(call, client), [client]);
      return useSyncExternalStore(subscribe, getShown, getShown) as Mutation<I, O, E, D>;
    };
  };

/** Where the calls of one hook to one client are remembered. Calls may overlap: what is shown is the latest one's. */
const createMutation = (
  call: AnyCall,
  client: Client,
): readonly [subscribe: (listener: () => void) => () => void, getShown: () => AnyMutation] => {
  let shown: AnyMutation;
  /** What is known of the latest call: `data`, `error`, or neither yet. */
  let latest: Record<string, unknown>;
  /** Inputs of the calls under way. Another list for another user, whose calls before go on unseen. */
  let pending: unknown[];
  /** Whose they are. */
  let user: unknown = null;
  let tell: (() => void) | undefined;

  const getShown = (): AnyMutation => {
    if (user !== client._user) {
      user = client._user;
      latest = {};
      pending = [];
      shown = idle;
    }
    return shown;
  };
  const update = (): void => {
    shown = { ...idle, ...latest, pending: [...pending], isPending: pending.length > 0 };
    tell?.();
  };
  /** Forgets the call before, which then goes on unseen: its outcome is written where nobody looks. */
  const reset = (): void => {
    latest = {};
    update();
  };

  const idle: AnyMutation = {
    isPending: false,
    pending: [],
    error: null,
    data: null,
    reset,
    mutate: (input?: unknown, options: MutateOptions = {}): Promise<unknown> => {
      getShown();
      const inputs = pending;
      inputs.push(input);
      reset();
      const mine = latest;
      const settle = <Value>(
        name: string,
        value: Value,
        then?: (value: Value) => unknown,
      ): unknown => {
        inputs.splice(inputs.indexOf(input), 1);
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
            isMizanError(error) ? settle("error", error, options.onError) : settle("data", null),
        )
        .finally(options.onSettled);
      return promise;
    },
  };
  return [
    (listener) => {
      tell = listener;
      const listeners = (client._onReset ??= new Set());
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getShown,
  ];
};
