/** The page's address: which folder of the inbox is shown, and which ticket is open. `#/open/115` */
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

/** Whatever cannot be read shows all tickets. */
function parseRoute(hash: string): Route {
  const [folder = "", ticket = ""] = hash.replace(/^#\/?/, "").split("/");
  const person = /^person-(\d+)$/.exec(folder)?.[1];
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
  return `#/${nameOf(folder)}${ticket === null ? "" : `/${ticket}`}`;
}

export function sameFolder(left: Folder, right: Folder): boolean {
  return nameOf(left) === nameOf(right);
}

export function goTo(folder: Folder, ticket: number | null): void {
  location.hash = addressOf(folder, ticket);
}

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
