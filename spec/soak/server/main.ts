/**
 * One of the processes that serve the soak's contract: started by `../driver/fleet.ts` and asked by it, over the
 * channel between parent and child, how it is. What it is told by its environment: the ports of the record and
 * of Redis.
 */
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import express from "express";
import { redisCache } from "@mizan/runtime/cache";
import { createMizan } from "../mizan/server/mizan.js";
import { CACHE_HEADER, type FromServer, type ToServer } from "./messages.js";
import { authenticate, ownsVault } from "./users.js";

/** Long enough that what is late on a busy machine is not taken for an outage. */
const LIMIT_MS = 250;
/** For what was sent before anybody could know that this process is about to end. */
const GRACE_MS = 500;

const tell = (message: FromServer): void => void process.send?.(message);

const quiet = (): void => {};
const logger = {
  debug: quiet,
  info: quiet,
  warn: (message: string) => tell({ kind: "warning", message }),
  error: (message: string, fields?: object) =>
    tell({ kind: "error", message: `${message} ${JSON.stringify(fields)}` }),
};

const mizan = createMizan({
  cache: redisCache({
    url: process.env["SOAK_REDIS_URL"] ?? "",
    secret: "a secret of the soak's cache",
    limitMs: LIMIT_MS,
  }),
  authenticate,
  predicates: { owns_vault: ownsVault },
  csrf: { secret: "a secret of the soak's session" },
  logger,
  mode: "production",
});

const app = express();
app.use((_req, res, next) => {
  const writeHead = res.writeHead.bind(res);
  // Known only when the answer leaves, after its purge.
  Object.assign(res, {
    writeHead: (...args: Parameters<typeof writeHead>) => {
      res.setHeader(CACHE_HEADER, mizan.health().cache?.available === true ? "good" : "lost");
      return writeHead(...args);
    },
  });
  next();
});
app.use("/api/mizan", mizan.router);

const server = createServer(app);
// Longer than clients keep connections, so that none is closed while they send.
server.keepAliveTimeout = 65_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  tell({ kind: "listening", port: address.port });
});

process.on("message", (message: ToServer) => {
  if (message.collect) for (let times = 0; times < 3; times += 1) globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  const isAvailable = mizan.health().cache?.available === true;
  tell({ kind: "report", id: message.id, isAvailable, used: heapUsed + external, rss });
});
process.on("SIGTERM", () => void stop());
// The driver is gone.
process.on("disconnect", () => process.exit(3));

async function stop(): Promise<void> {
  await mizan.close();
  await sleep(GRACE_MS);
  server.close(() => process.exit(0));
  // Connections on which nothing was ever asked are not idle to node, and would be waited for.
  setTimeout(() => server.closeAllConnections(), GRACE_MS);
}
