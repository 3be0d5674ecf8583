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

const known: WeakMap<object, ReactContext<unknown>> = /* @__PURE__ */ new WeakMap();

/** Always the same React context for the same key, null where nobody provides it. */
function scopeOf(key: object): ReactContext<unknown> {
  let scope = known.get(key);
  if (!scope) known.set(key, (scope = createContext<unknown>(null)));
  return scope;
}

/** Where a root puts itself. A key is only ever used with one type, so its context is of that type. */
export const rootScope = scopeOf as (contract: Contract) => ReactContext<Root | null>;

/** Where a provider puts its view. */
export const viewScope = scopeOf as (context: AnyContext) => ReactContext<View | null>;

/** What the generated code calls the provider of a context: `TeamMembersContext` for `team_members`. */
export function providerName(context: string): string {
  if (context === "global") return "MizanContext";
  const pascal = context.replace(/(^|[^a-z0-9])+([a-z0-9]?)/gi, (_, _separator, first: string) =>
    first.toUpperCase(),
  );
  return `${pascal}Context`;
}

/** What the nearest provider gives. Throws an error that names the one to add where there is none. */
export function useNearest<Value>(scope: ReactContext<Value | null>, provider: string): Value {
  const value = useContext(scope);
  if (!value) throw new Error(`<${provider}> is missing above this component`);
  return value;
}
