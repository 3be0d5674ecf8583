/**
 * The React contexts behind providers and hooks. Each contract and each of its contexts has one of its own,
 * so that two contracts on one page never get each other's client, and a provider whose params change
 * re-renders only those who use it.
 */
import { createContext, useContext, type Context as ReactContext } from "react";
import type { Client } from "../client/client.js";
import type { AnyContext, Watch } from "../client/types.js";
import type { RefetchTriggers } from "./types.js";

/** What a root gives to everything below it. */
export interface Root extends RefetchTriggers {
  readonly client: Client;
}

/** What a provider gives to the hooks below it: a handle on the instance that it mounts. */
export interface View extends Watch<unknown> {
  /** What there is to show: meanwhile, where that was asked for, the data of the view before. */
  readonly getData: () => unknown;
}

const known: WeakMap<object, ReactContext<unknown>> = /* @__PURE__ */ new WeakMap();

/** Always the same React context for the same owner: a root's value for a contract, else a view. */
export function scopeOf(owner: object): ReactContext<unknown> {
  let scope = known.get(owner);
  if (!scope) known.set(owner, (scope = createContext<unknown>(null)));
  return scope;
}

function useNearest(owner: object, provider: string): unknown {
  const value = useContext(scopeOf(owner));
  if (!value) throw Error(`Add ${provider} above this component`);
  return value;
}

/** Throws an error that names the provider to add where there is none. */
export function useRoot(contract: object): Root {
  return useNearest(contract, "<MizanContext>") as Root;
}

/** Throws as `useRoot` does. */
export function useView(context: AnyContext): View {
  const { name } = context;
  return useNearest(
    context,
    name === "global" ? "<MizanContext>" : `the provider of context "${name}"`,
  ) as View;
}
