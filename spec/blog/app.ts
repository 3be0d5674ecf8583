/** The blog: a server whose lists are read page by page. */
import express, { type Express } from "express";
import type { Mizan } from "@mizan/runtime/server";
import { createMizan } from "./mizan/server/mizan.js";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export function createBlog(): { readonly app: Express; readonly mizan: Mizan } {
  const mizan = createMizan({ csrf: false, logger: quiet });
  return { app: express().use("/api/mizan", mizan.router), mizan };
}
