/** `<MizanContext>`: the client for everything below, and the `global` context where there is one. */
import type { ReactElement, ReactNode } from "react";
import { createClient, type Client, type ClientOptions } from "../client/client.js";
import type { Context, Contract } from "../client/types.js";
import { createElement, useEffect, useMemo } from "./hooks.js";
import { providerOf } from "./context.js";
import { scopeOf, unshown, useNearest, type Owner, type Root } from "./scope.js";
import type { RefetchTriggers, RootProvider } from "./types.js";

type AnyRootProps = RefetchTriggers &
  ClientOptions & { readonly children?: ReactNode; readonly client?: Client | undefined };

/** Owns the scope of every root, whatever its contract. */
const any = {};

export const rootProvider = <P, D>(contract: Contract, global?: Context<P, D>): RootProvider => {
  const Global = global && providerOf(global as Context<unknown, unknown>);
  const owner: Owner<Root> = contract;
  return function MizanContext(props: AnyRootProps): ReactElement {
    const { children, refetchOnFocus, refetchOnReconnect, client: given, ...options } = props;
    const client = useMemo(() => {
      if (given) return given;
      const made = owner._lost?._find(options) ?? createClient(options);
      unshown.set(made, options);
      return made;
      // oxlint-disable-next-line react-hooks/exhaustive-deps -- functions among the options are new each time
    }, [given, options.baseUrl]);
    useEffect(() => void unshown.delete(client), [client]);
    const value = useMemo(
      () => ({ client, refetchOnFocus, refetchOnReconnect }),
      [client, refetchOnFocus, refetchOnReconnect],
    );
    return createElement(
      scopeOf(owner).Provider,
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
