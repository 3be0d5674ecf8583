/** The probed application: its server behind Express, and the reset that tests ask for. */
import express, { type Express } from "express";
import type { Mizan } from "@mizan/runtime/server";
import type { MizanOptions } from "./mizan/server/handlers.js";
import { createMizan } from "./mizan/server/mizan.js";
import { resetState } from "./state.js";
import { authenticate, mayOpen } from "./users.js";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export function createWireapp(options: Partial<MizanOptions> = {}): { app: Express; mizan: Mizan } {
  const mizan = createMizan({
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
