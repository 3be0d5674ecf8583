/** Puts the panel on a page: in a React tree and a shadow of its own, whatever the page itself is made with. */
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import type { Client } from "../client/client.js";
import { Root, type Position } from "./panel/root.js";
import { style } from "./panel/style.js";
import { readPreferences } from "./preferences.js";
import { record, recorderOf } from "./recorder.js";

export interface DevtoolsOptions {
  /** Until it was opened or closed for the first time; from then on the browser remembers. Default false. */
  readonly initialIsOpen?: boolean | undefined;
  /** Of the button. Default `bottom-right`. */
  readonly position?: Position | undefined;
}

/** Shows the panel of a client, and records it, until the answer is called. Needs a document. */
export const mountDevtools = (
  client: Client,
  { initialIsOpen = false, position = "bottom-right" }: DevtoolsOptions = {},
): (() => void) => {
  const stop = record(client);
  const recorder = recorderOf(client);
  if (!recorder) return stop;
  // What happens in a tree of its own neither renders the page nor bubbles through it, and an error in it ends the
  // panel only.
  const host = document.createElement("div");
  host.id = "mizan-devtools";
  const shadow = host.attachShadow({ mode: "open" });
  const container = document.createElement("div");
  shadow.append(container);
  dress(shadow);
  keepApart(host);
  document.body.append(host);
  const root = createRoot(container);
  const preferences = readPreferences(initialIsOpen);
  root.render(createElement(Root, { recorder, position, preferences }));
  return () => {
    host.remove();
    // StrictMode mounts again in this tick, and keeps what was recorded; and no root may be unmounted in the middle
    // of another's work.
    setTimeout(() => {
      root.unmount();
      stop();
    });
  };
};

/** By a sheet where sheets can be made, as a Content-Security-Policy has nothing against those. */
const dress = (shadow: ShadowRoot): void => {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
  } catch {
    const element = document.createElement("style");
    element.textContent = style;
    shadow.append(element);
  }
};

/** Keys that are typed and clicks that are made in the panel are none of the page's. */
const APART = ["keydown", "keyup", "keypress", "pointerdown", "mousedown", "click", "focusin"];

const keepApart = (host: HTMLElement): void => {
  for (const event of APART) host.addEventListener(event, (one) => one.stopPropagation());
};
