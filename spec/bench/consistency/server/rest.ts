/**
 * Plain JSON over HTTP, as the clients that bring no server of their own are used with: `GET /rest/<read>?…`,
 * `POST /rest/rename_person`, and `GET /lines/`, the eight reads of the first load in one answer, a line each
 * when it is done. It checks nothing, which is in its favour.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { FIRST_LOAD } from "../page/first-load.js";
import { reads, rename, type ByAccount, type ById, type ByTeam, type ReadName } from "./store.js";

function isRead(name: string): name is ReadName {
  return Object.hasOwn(reads, name);
}

function send(res: ServerResponse, value: unknown): void {
  const body = JSON.stringify(value);
  res.writeHead(200, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
  });
  res.end(body);
}

/** Answers whether the request was one of ours. */
export function serveRest(req: IncomingMessage, res: ServerResponse): boolean {
  const url = new URL(req.url ?? "/", "http://127.0.0.1");
  const [, mount, name = ""] = url.pathname.split("/");
  if (mount === "lines") {
    void sendLines(res);
    return true;
  }
  if (mount !== "rest") return false;
  if (name === "rename_person") {
    void json(req)
      .then((args) => rename(args as Parameters<typeof rename>[0]))
      .then((person) => send(res, person));
  } else if (isRead(name)) {
    const numbers = [...url.searchParams].map(([key, value]) => [key, Number(value)]);
    // Each read takes of them what it knows.
    const args = Object.fromEntries(numbers) as ById & ByTeam & ByAccount;
    void reads[name](args).then((value) => send(res, value));
  } else {
    res.writeHead(404).end();
  }
  return true;
}

async function sendLines(res: ServerResponse): Promise<void> {
  res.writeHead(200, { "Content-Type": "application/x-ndjson" });
  const lines = FIRST_LOAD.map(async (name) => {
    const value = await reads[name]();
    res.write(`${JSON.stringify({ name, value })}\n`);
  });
  await Promise.all(lines);
  res.end();
}
