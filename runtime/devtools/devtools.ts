import { createElement, useEffect, type ReactElement } from "react";
import type { Client } from "../client/client.js";
import { useMizan } from "../react/root.js";
import { mountDevtools, type DevtoolsOptions } from "./mount.js";

export interface MizanDevtoolsProps extends DevtoolsOptions {
  /** Default: that of the nearest `<MizanContext>`. */
  readonly client?: Client | undefined;
}

/** To be put anywhere below `<MizanContext>`, or anywhere at all with a `client`. Renders nothing where it stands. */
export function MizanDevtools({ client, ...options }: MizanDevtoolsProps): ReactElement {
  return client
    ? createElement(Mounted, { client, ...options })
    : createElement(OfNearest, options);
}

function OfNearest(options: DevtoolsOptions): ReactElement {
  return createElement(Mounted, { ...useMizan(), ...options });
}

interface MountedProps extends DevtoolsOptions {
  readonly client: Client;
}

function Mounted({ client, initialIsOpen, position }: MountedProps): null {
  useEffect(
    () => mountDevtools(client, { initialIsOpen, position }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- how it begins matters at the beginning only
    [client, position],
  );
  return null;
}
