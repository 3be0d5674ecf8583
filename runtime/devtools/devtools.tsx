/** `<MizanDevtools>`: the panel, in a tree and a shadow of its own. */
import { createElement, useEffect, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import type { Client } from "../client/client.js";
import { useMizan } from "../react/root.js";
import { Root, type Position } from "./panel/root.js";
import { style } from "./panel/style.js";
import { readPreferences } from "./preferences.js";
import { record, recorderOf } from "./recorder.js";

export interface MizanDevtoolsProps {
  /** Until it was opened or closed for the first time; from then on the browser remembers. Default false. */
  readonly initialIsOpen?: boolean | undefined;
  /** Of the button. Default `bottom-right`. */
  readonly position?: Position | undefined;
  /** Default: that of the nearest `<MizanContext>`. */
  readonly client?: Client | undefined;
}

/** To be put anywhere below `<MizanContext>`, or anywhere at all with a `client`. Renders nothing where it stands. */
export function MizanDevtools({ client, ...options }: MizanDevtoolsProps): ReactElement {
  return client ? createElement(Mount, { client, ...options }) : createElement(Nearest, options);
}

function Nearest(options: MizanDevtoolsProps): ReactElement {
  const { client } = useMizan();
  return createElement(Mount, { ...options, client });
}

interface MountProps extends MizanDevtoolsProps {
  readonly client: Client;
}

function Mount({ client, initialIsOpen = false, position = "bottom-right" }: MountProps): null {
  useEffect(() => {
    const stop = record(client);
    const recorder = recorderOf(client);
    if (!recorder) return stop;
    const preferences = readPreferences(initialIsOpen);
    // A tree of its own: what happens in the panel neither renders the page nor bubbles through it, and an error
    // in it ends the panel only.
    const host = document.createElement("div");
    host.id = "mizan-devtools";
    const shadow = host.attachShadow({ mode: "open" });
    const container = document.createElement("div");
    shadow.append(container);
    dress(shadow);
    keepApart(host);
    document.body.append(host);
    const root = createRoot(container);
    root.render(createElement(Root, { recorder, position, preferences }));
    return () => {
      host.remove();
      // StrictMode mounts again in this tick, and keeps what was recorded; a root is not unmounted in the middle
      // of another's work.
      setTimeout(() => {
        root.unmount();
        stop();
      });
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- how it begins matters at the beginning only
  }, [client, position]);
  return null;
}

/** By a sheet where there are some to be made, as no Content-Security-Policy is against those. */
const dress = (shadow: ShadowRoot): void => {
  if ("adoptedStyleSheets" in shadow) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
  } else {
    const element = document.createElement("style");
    element.textContent = style;
    (shadow as ShadowRoot).append(element);
  }
};

/** Keys that are typed and clicks that are made in the panel are none of the page's. */
const APART = ["keydown", "keyup", "keypress", "pointerdown", "mousedown", "click", "focusin"];

const keepApart = (host: HTMLElement): void => {
  for (const event of APART) host.addEventListener(event, (one) => one.stopPropagation());
};
