/** The probed application: its server behind Express, and the reset that tests ask for. */
import express, { type Express } from "express";
import { createServer, type Mizan, type ServerOptions } from "@mizan/runtime/abi/v1/server";
import { contract } from "./definition.js";
import { handlers } from "./handlers.js";
import { resetState } from "./state.js";
import { authenticate, mayOpen } from "./users.js";

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export function createWireapp(options: ServerOptions = {}): { app: Express; mizan: Mizan } {
  const all = Object.fromEntries(
    contract.functions.map(({ name }) => [name, handlers[name] ?? (() => ({ ok: true }))]),
  );
  const mizan = createServer(contract, all, {
    authenticate,
    predicates: { may_open: mayOpen },
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
