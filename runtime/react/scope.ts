/**
 * The React contexts behind providers and hooks. Each contract and each of its contexts owns one, so that two
 * contracts on one page never get each other's client, and a provider whose params change re-renders only
 * those who use it.
 */
import type { Context as ReactContext } from "react";
import type { Client, ClientOptions } from "../client/client.js";
import type { Watch } from "../client/types.js";
import { createContext, useContext } from "./hooks.js";
import type { Lost } from "./lost.js";
import type { RefetchTriggers } from "./types.js";

/** What a root gives to everything below it: its contract's scope holds this. */
export interface Root extends RefetchTriggers {
  readonly client: Client;
}

/** What a provider gives to the hooks below it: a handle on the instance that it mounts. */
export interface View extends Watch<unknown> {
  /** @internal */
  readonly _client: Client;
  /** @internal What there is to show: meanwhile, where that was asked for, the data of the view before. */
  readonly _getData: () => unknown;
}

/** Clients that a root made and that React did not show yet, with what they were made of. */
export const unshown: WeakMap<Client, ClientOptions> = new WeakMap();

/** A contract or a context. Its scope is kept on it, where no other type shows it. */
export type Owner<Value> = object & {
  readonly name?: string;
  /** @internal */
  _scope?: ReactContext<Value | null>;
  /** @internal Of a contract: clients that its roots may come back for. */
  _lost?: Lost;
};

/** Always the same React context for the same owner, null where nobody provides it. */
export const scopeOf = <Value>(owner: Owner<Value>): ReactContext<Value | null> =>
  (owner._scope ??= createContext<Value | null>(null));

/** What the nearest provider gives. Throws an error that names the one to add where there is none. */
export const useNearest = <Value>(owner: Owner<Value>): Value => {
  const value = useContext(scopeOf(owner));
  // A root provides its contract, which has no name, and mounts the context of this name.
  const { name = "global" } = owner;
  if (!value) {
    const own = name.replace(/(^|_)./g, (start) => start.slice(-1).toUpperCase());
    throw Error(`Add <${name === "global" ? "Mizan" : own}Context> above`);
  }
  return value;
};
