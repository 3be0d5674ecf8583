/** `<MizanContext>`: the client for everything below, and the `global` context where there is one. */
import type { ReactElement, ReactNode } from "react";
import { createClient, type Client, type ClientOptions } from "../client/client.js";
import type { Context, Contract } from "../client/types.js";
import { createElement, useMemo } from "./hooks.js";
import { providerOf } from "./context.js";
import { scopeOf, useNearest, type Root } from "./scope.js";
import type { RefetchTriggers, RootProvider } from "./types.js";

type AnyRootProps = RefetchTriggers &
  ClientOptions & { readonly children?: ReactNode; readonly client?: Client | undefined };

/** Owns the scope of every root, whatever its contract. */
const any = {};

export const rootProvider = <P, D>(contract: Contract, global?: Context<P, D>): RootProvider => {
  const Global = global && providerOf(global as Context<unknown, unknown>);

  return function MizanContext(props: AnyRootProps): ReactElement {
    const { children, refetchOnFocus, refetchOnReconnect, client: given, ...options } = props;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- functions among the options are new each time
    const client = useMemo(() => given ?? createClient(options), [given, options.baseUrl]);
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
};

/** The nearest client. Throws where there is no `<MizanContext>` above. */
export const useMizan = (): { readonly client: Client } => useNearest<Root>(any);
