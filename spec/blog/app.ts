/** The blog: a server whose lists are read page by page. */
import express, { type Express } from "express";
import type { Mizan } from "@mizan/runtime/server";
import { quiet } from "../support/quiet.js";
import { createMizan } from "./mizan/server/mizan.js";

export function createBlog(): { readonly app: Express; readonly mizan: Mizan } {
  const mizan = createMizan({ csrf: false, logger: quiet });
  return { app: express().use("/api/mizan", mizan.router), mizan };
}
