/** Tells Mizan's types what this application's user, request and context are; handlers get them as `ctx`. */
import type { Request } from "express";
import type { Database } from "./database.js";

/** Whoever is signed in. */
export interface DeskUser {
  readonly id: number;
  /** Leads pass `auth staff`. */
  readonly isStaff: boolean;
}

/** `ctx.app` in every handler. */
export interface Desk {
  readonly db: Database;
}

declare module "@mizan/runtime/server" {
  interface Register {
    user: DeskUser;
    context: Desk;
    request: Request;
  }
}
