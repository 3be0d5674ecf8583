/** The page's address: which folder of the inbox is shown, and which ticket is open. `/open/115` */
import { useSyncExternalStore } from "react";
import type { Status } from "../mizan/client/index.js";

export type Folder =
  | { readonly kind: "all" }
  | { readonly kind: "status"; readonly status: Status }
  | { readonly kind: "person"; readonly id: number };

export interface Route {
  readonly folder: Folder;
  readonly ticket: number | null;
}

const statuses: readonly string[] = ["open", "waiting", "solved"] satisfies Status[];

function isStatus(text: string): text is Status {
  return statuses.includes(text);
}

/** The address without a folder or ticket, which a visitor types. */
export const home = "/";

/** Whether there is a page at this path. */
export function isAddress(path: string): boolean {
  return path === home || /^\/(?:all|open|waiting|solved|person-\d{1,9})(?:\/\d{1,9})?$/.test(path);
}

/** Whatever cannot be read shows all tickets. */
function parseRoute(path: string): Route {
  const [, folder = "", ticket = ""] = path.split("/");
  const person = /^person-(\d{1,9})$/.exec(folder)?.[1];
  return {
    folder:
      person !== undefined
        ? { kind: "person", id: Number(person) }
        : isStatus(folder)
          ? { kind: "status", status: folder }
          : { kind: "all" },
    ticket: /^\d{1,9}$/.test(ticket) ? Number(ticket) : null,
  };
}

function nameOf(folder: Folder): string {
  if (folder.kind === "all") return "all";
  return folder.kind === "status" ? folder.status : `person-${folder.id}`;
}

/** For `href`. */
export function addressOf(folder: Folder, ticket: number | null): string {
  return `/${nameOf(folder)}${ticket === null ? "" : `/${ticket}`}`;
}

export function sameFolder(left: Folder, right: Folder): boolean {
  return nameOf(left) === nameOf(right);
}

/** `replace`: the way back leads past the address before. */
export function goTo(address: string, how: "push" | "replace" = "push"): void {
  history[`${how}State`](null, "", address);
  // A browser tells of the ways back and forth only.
  dispatchEvent(new PopStateEvent("popstate"));
}

/** Links within the desk load no page anew. All else about them stays the browser's. */
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain = !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (event.defaultPrevented || event.button !== 0 || !isPlain) return;
    if (link?.origin !== location.origin || !isAddress(link.pathname)) return;
    event.preventDefault();
    goTo(link.pathname);
  });
}

function subscribe(listener: () => void): () => void {
  addEventListener("popstate", listener);
  return () => removeEventListener("popstate", listener);
}

/** `path` is the one that was asked for, where a server renders, or where its page is taken over. */
export function useRoute(path: string): Route {
  return parseRoute(
    useSyncExternalStore(
      subscribe,
      () => location.pathname,
      () => path,
    ),
  );
}
