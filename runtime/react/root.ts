/** `<MizanContext>`: the client for everything below, and the `global` context where there is one. */
import { createElement, useMemo, type ReactElement } from "react";
import { createClient, type Client } from "../client/client.js";
import type { Context, Contract } from "../client/types.js";
import { providerOf } from "./context.js";
import { scopeOf, useRoot } from "./scope.js";
import type { RootProvider, RootProviderProps } from "./types.js";

/** Owns the scope of every root, whatever its contract. */
const any = {};

export function rootProvider<P, D>(contract: Contract, global?: Context<P, D>): RootProvider {
  const Global = global && providerOf(global as Context<unknown, unknown>);

  return function MizanContext(props: RootProviderProps): ReactElement {
    const { children, refetchOnFocus, refetchOnReconnect, client: given, ...options } = props;
    const baseUrl = given ? null : props.baseUrl;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- functions among the options are new each time
    const client = useMemo(() => given ?? createClient(options), [given, baseUrl]);
    const value = useMemo(
      () => ({ client, refetchOnFocus, refetchOnReconnect }),
      [client, refetchOnFocus, refetchOnReconnect],
    );
    return createElement(
      scopeOf(contract).Provider,
      { value },
      createElement(
        scopeOf(any).Provider,
        { value },
        Global ? createElement(Global, null, children) : children,
      ),
    );
  };
}

/** The nearest client. Throws where there is no `<MizanContext>` above. */
export function useMizan(): { readonly client: Client } {
  return useRoot(any);
}
