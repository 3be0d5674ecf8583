/** `<MizanContext>`: the client for everything below, and the `global` context where there is one. */
import { createContext, createElement, useMemo, useState } from "react";
import type { Context as ReactContext, ReactElement } from "react";
import { createClient, type Client } from "../client/client.js";
import type { Context, Contract } from "../client/types.js";
import { providerOf } from "./context.js";
import { rootScope, useNearest } from "./scope.js";
import type { RootProvider, RootProviderProps } from "./types.js";

/** The nearest client, whatever its contract: what `useMizan` answers. */
const nearestClient: ReactContext<Client | null> = /* @__PURE__ */ createContext<Client | null>(
  null,
);

export function rootProvider<P, D>(contract: Contract, global?: Context<P, D>): RootProvider {
  const Scope = rootScope(contract);
  const Global = global === undefined ? null : providerOf(global as Context<unknown, unknown>);

  function MizanContext(props: RootProviderProps): ReactElement {
    const { children, refetchOnFocus, refetchOnReconnect } = props;
    const client = useClient(props);
    const root = useMemo(
      () => ({ client, refetchOnFocus, refetchOnReconnect }),
      [client, refetchOnFocus, refetchOnReconnect],
    );
    const below = Global === null ? children : createElement(Global, null, children);
    return createElement(
      Scope.Provider,
      { value: root },
      createElement(nearestClient.Provider, { value: client }, below),
    );
  }
  return MizanContext;
}

/** The client of the props, or one made from them: kept until it would talk to another address. */
function useClient(props: RootProviderProps): Client {
  const { children: _, refetchOnFocus: _1, refetchOnReconnect: _2, client, ...options } = props;
  const baseUrl = client === undefined ? props.baseUrl : undefined;
  const make = () => ({ baseUrl, client: client ?? createClient(options) });
  const [made, setMade] = useState(make);
  if (client !== undefined) return client;
  if (made.baseUrl === baseUrl) return made.client;
  const next = make();
  setMade(next);
  return next.client;
}

/** The nearest client. Throws where there is no `<MizanContext>` above. */
export function useMizan(): { readonly client: Client } {
  const client = useNearest(nearestClient, "useMizan()", "MizanContext");
  return useMemo(() => ({ client }), [client]);
}
