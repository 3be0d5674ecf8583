/** The probed application: its server behind Express, and the reset that tests ask for. */
import express, { type Express } from "express";
import { memoryCache } from "@mizan/runtime/cache";
import type { Mizan } from "@mizan/runtime/server";
import { quiet } from "../support/quiet.js";
import type { MizanOptions } from "./mizan/server/handlers.js";
import { createMizan } from "./mizan/server/mizan.js";
import { onReset, resetState } from "./state.js";
import { authenticate, mayOpen } from "./users.js";

export function createWireapp(options: Partial<MizanOptions> = {}): { app: Express; mizan: Mizan } {
  const cache = memoryCache();
  onReset.add(() => cache.clear());
  const mizan = createMizan({
    cache,
    authenticate,
    predicates: { may_open: mayOpen },
    mwt: { secret: "probe-mwt-secret-probe-mwt-secret-00" },
    csrf: { secret: "probe-csrf-secret-probe-csrf-secret" },
    logger: quiet,
    ...options,
  });
  const app = express();
  app.post("/__reset", (_req, res) => {
    resetState();
    res.status(204).end();
  });
  app.use("/api/mizan", mizan.router);
  return { app, mizan };
}
