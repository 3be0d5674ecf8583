/**
 * The React contexts behind providers and hooks. Each contract and each of its contexts has one of its own,
 * so that two contracts on one page never get each other's client, and a provider whose params change
 * re-renders only those who use it.
 */
import { createContext, useContext, type Context as ReactContext } from "react";
import type { Client } from "../client/client.js";
import type { AnyContext, Contract } from "../client/types.js";
import type { RefetchTriggers } from "./types.js";
import type { View } from "./view.js";

/** What a root gives to everything below it. */
export interface Root extends RefetchTriggers {
  readonly client: Client;
}

/** Makes `scopeOf`, which always answers the same React context for the same key. */
function scopes<Key extends object, Value>(): (key: Key) => ReactContext<Value | null> {
  const known = new WeakMap<Key, ReactContext<Value | null>>();
  return (key) => {
    let scope = known.get(key);
    if (scope === undefined) known.set(key, (scope = createContext<Value | null>(null)));
    return scope;
  };
}

export const rootScope: (contract: Contract) => ReactContext<Root | null> = /* @__PURE__ */ scopes<
  Contract,
  Root
>();

export const viewScope: (context: AnyContext) => ReactContext<View | null> = /* @__PURE__ */ scopes<
  AnyContext,
  View
>();

/** `user_profile` as it stands in generated names: `UserProfile`. For messages only. */
export function pascal(name: string): string {
  return name.replace(
    /[^a-z0-9]*([a-z0-9])([a-z0-9]*)/gi,
    (_, first: string, rest: string) => first.toUpperCase() + rest,
  );
}

/** What stands in the nearest provider. Throws an error that names the provider where there is none. */
export function useNearest<Value>(
  scope: ReactContext<Value | null>,
  hook: string,
  provider: string,
): Value {
  const value = useContext(scope);
  if (value === null) throw new Error(`${hook} needs <${provider}> above it in the tree`);
  return value;
}
