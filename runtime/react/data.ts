/** `<MizanData>`: what a server rendered a part of the page from, sent together with that part. */
import { Fragment, useSyncExternalStore } from "react";
import type { FunctionComponent, ReactElement, ReactNode } from "react";
import type { Client } from "../client/client.js";
import { dehydrateNews, snapshotScript } from "../client/hydrate.js";
import { createElement, useMemo } from "./hooks.js";
import { useMizan } from "./root.js";
import { scopeOf, type View } from "./scope.js";
import { arrival, suspending, type Waiting } from "./suspense.js";

export interface MizanDataProps {
  readonly children?: ReactNode;
  /** Of the script, where the page's Content-Security-Policy asks for one. */
  readonly nonce?: string | undefined;
}

/**
 * To be put around what reads, inside each `<Suspense>` of a page that a server renders, or around the whole page
 * where there is none. It waits for the reads of the suspense hooks below it and leaves what they read in a script,
 * where `hydrate(client, window.__MIZAN_SSR_DATA__)` finds it before React hydrates that part. Once the page is
 * hydrated, and on pages that no server rendered, there is nothing but the children.
 */
export const MizanData: FunctionComponent<MizanDataProps> = ({ children, nonce }) => {
  const { client } = useMizan();
  const views = useMemo(() => new Set<View>(), []);
  return createElement(
    scopeOf<Waiting>(suspending).Provider,
    { value: views },
    children,
    // The last: those before it have said by then what they wait for.
    createElement(Data, { client, views, nonce }),
  );
};

type DataProps = {
  readonly client: Client;
  readonly views: ReadonlySet<View>;
  readonly nonce: string | undefined;
};

function Data({ client, views, nonce }: DataProps): ReactElement {
  const isSent = useSyncExternalStore(noChange, isLeftOut, isPlaced);
  if (!isSent) return createElement(Fragment);
  let text = "";
  if (typeof document === "undefined") {
    const open = [...views].filter((view) => !isSettled(view));
    // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error -- how a component suspends
    if (open.length > 0) throw Promise.all(open.map((view) => arrival(view, isSettled)));
    text = snapshotScript(dehydrateNews(client));
  }
  return createElement("script", {
    nonce,
    // While it hydrates, a page has no need of the text, and need not find it again.
    suppressHydrationWarning: true,
    dangerouslySetInnerHTML: { __html: text },
  });
}

const isSettled = (view: View): boolean => {
  const { data, error, isFetching } = view.getState();
  return !!data || (!!error && !isFetching);
};

// A server, and a page while it is hydrated, have the script; a page on its own never makes one.
const noChange = () => () => {};
const isPlaced = (): boolean => true;
const isLeftOut = (): boolean => false;
