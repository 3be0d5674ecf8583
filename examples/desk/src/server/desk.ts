/**
 * The desk's server: the API that Mizan generated, and the page beside it, as it was built or rendered here.
 *
 * `startDesk` is all of it, so that the tests run exactly what `npm run demo` runs.
 */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import express, { type RequestHandler } from "express";
import type { Mizan } from "@mizan/runtime/server";
import { createMizan } from "../mizan/server/mizan.js";
import { isAddress } from "../web/route.js";
import { openDatabase, type Database } from "./database.js";
import { renderPages, type PageOptions } from "./pages.js";
import { schema } from "./schema.js";
import { seed } from "./seed.js";
import { userOf } from "./session.js";
import { findMessage } from "./store/tickets.js";

export interface DeskOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** A `postgres://` address, a folder, or null for a database in memory. */
  readonly database: string | null;
  /** Runs before everything else; tests delay answers with it. */
  readonly before?: RequestHandler;
  /** Renders pages here. Without it the browser does, from nothing. */
  readonly ssr?: PageOptions;
}

export interface RunningDesk {
  readonly url: string;
  /** Finishes what is under way, then closes the server and the database. */
  close(): Promise<void>;
}

const host = "127.0.0.1";
const built = fileURLToPath(new URL("../page/", import.meta.url));

/** Rejects with Node's own error, `EADDRINUSE` for one, if it cannot listen. */
export async function startDesk(options: DeskOptions): Promise<RunningDesk> {
  // The port first, as it is what fails most often, and a database takes seconds to open.
  const server = createServer();
  server.listen(options.port, host);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    const db = await openDatabase(options.database);
    for (const statement of schema) await db.query(statement);
    await seed(db);
    const mizan = createApi(db);

    const app = express();
    app.disable("x-powered-by");
    if (options.before !== undefined) app.use(options.before);
    app.use("/api/mizan", mizan.router);
    app.use(express.static(built, { index: false }));
    app.use(await createPages(mizan, options.ssr));
    server.on("request", app);

    return {
      url: `http://${host}:${port}/`,
      close: async () => {
        const closed = new Promise((resolve) => server.close(resolve));
        await mizan.close();
        // Answers may still be on their way to clients that take them.
        const impatience = setTimeout(() => server.closeAllConnections(), 1000);
        await closed;
        clearTimeout(impatience);
        await db.close();
      },
    };
  } catch (error) {
    server.close();
    throw error;
  }
}

/** Answers the addresses of the desk. */
async function createPages(mizan: Mizan, ssr: PageOptions | undefined): Promise<RequestHandler> {
  const template = await readFile(`${built}index.html`, "utf8");
  if (ssr !== undefined) return renderPages(mizan, template, ssr);
  return (request, response, next) =>
    isAddress(request.path) ? response.type("html").send(template) : next();
}

/** What Mizan is told about this application. */
function createApi(db: Database): Mizan {
  return createMizan({
    // Random is enough for one process: a page whose token is from before a restart asks for another.
    csrf: { secret: process.env.DESK_SECRET ?? randomBytes(32).toString("base64url") },
    authenticate: (request) => userOf(db, request),
    context: () => ({ db }),
    predicates: {
      owns_message: async ({ user, input }) => {
        const message = await findMessage(db, input.message_id);
        // A message that is gone is the handler's to report, with its own error.
        return user !== null && (message === null || message.author_id === user.id);
      },
    },
  });
}
