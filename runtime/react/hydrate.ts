/** `<MizanHydrate>`: what somebody else has read for this page, such as a server component. */
import { Fragment, type FunctionComponent, type ReactNode } from "react";
import { hydrate, type Snapshot } from "../client/hydrate.js";
import { createElement, useMemo } from "./hooks.js";
import { useMizan } from "./root.js";

export interface MizanHydrateProps {
  readonly children?: ReactNode;
  /** Of `snapshotOf` or `dehydrate`; of several reads a list of them. */
  readonly snapshot: Snapshot | readonly Snapshot[];
}

/**
 * Hands a snapshot to the client above, before the children render: providers below find their data and ask for
 * nothing. As with `hydrate`, what the client has already, or has asked for, it keeps.
 */
export const MizanHydrate: FunctionComponent<MizanHydrateProps> = ({ snapshot, children }) => {
  const { client } = useMizan();
  // While rendering, as the children look in the same rendering. Nobody is told of it and nothing is asked for: it
  // only lies there until an instance is looked at, so that a rendering more, or one that is given up, is no matter.
  // oxlint-disable-next-line react/void-use-memo -- for what it does
  useMemo(() => hydrate(client, snapshot), [client, snapshot]);
  return createElement(Fragment, null, children);
};
