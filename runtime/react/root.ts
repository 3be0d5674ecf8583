/** `<MizanContext>`: the client for everything below, and the `global` context where there is one. */
import type { ReactElement, ReactNode } from "react";
import { createClient, type Client, type ClientOptions } from "../client/client.js";
import type { Context, Contract } from "../client/types.js";
import { createElement, useEffect, useMemo } from "./hooks.js";
import { providerOf } from "./context.js";
import { scopeOf, useNearest, type Root } from "./scope.js";
import type { RefetchTriggers, RootProvider } from "./types.js";

type AnyRootProps = RefetchTriggers &
  ClientOptions & { readonly children?: ReactNode; readonly client?: Client | undefined };

/** Owns the scope of every root, whatever its contract. */
const any = {};

export const rootProvider = <P, D>(contract: Contract, global?: Context<P, D>): RootProvider => {
  const Global = global && providerOf(global as Context<unknown, unknown>);
  /**
   * Made for a rendering that React threw away, as something below suspended where no boundary stood between. The
   * next one goes on with it: another client would have to ask anew, be thrown away, and so on without end.
   */
  let kept: Client | undefined;

  return function MizanContext(props: AnyRootProps): ReactElement {
    const { children, refetchOnFocus, refetchOnReconnect, client: given, ...options } = props;
    const client = useMemo(() => {
      if (given) return given;
      const made = kept?.baseUrl === options.baseUrl && kept ? kept : createClient(options);
      // A server renders for many users, and mounts for none.
      if (globalThis.document) kept = made;
      return made;
      // oxlint-disable-next-line react-hooks/exhaustive-deps -- functions among the options are new each time
    }, [given, options.baseUrl]);
    useEffect(() => {
      kept = undefined;
    }, [client]);
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
