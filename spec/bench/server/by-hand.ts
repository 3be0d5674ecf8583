/**
 * The same answers with nothing around them: no check, no ETag, no framework but what the listener is mounted
 * in. What is left to save, so that a figure of ours can be told from one of node:http or of Express's mount.
 */
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { handlers } from "./handlers.js";

/** `…/user/?user_id=5` */
const URL_END = /([^/]*)\/(?:\?user_id=(\d+))?$/;

/** `keeps`: reads are made once and sent again, as a cache does. */
export function byHand(keeps = false): RequestListener {
  const kept = new Map<string, string>();
  return (req, res) => {
    const [, name = "", id = "0"] = URL_END.exec(req.url ?? "") ?? [];
    if (req.method === "POST") {
      void readText(req).then(async (text) => send(res, await call(JSON.parse(text))));
      return;
    }
    const known = kept.get(name + id);
    if (known !== undefined) {
      send(res, known);
      return;
    }
    void read(name, { user_id: Number(id) }).then((body) => {
      if (keeps) kept.set(name + id, body);
      send(res, body);
    });
  };
}

function send(res: ServerResponse, body: string): void {
  res.writeHead(200, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": Buffer.byteLength(body),
  });
  res.end(body);
}

const readText = (req: IncomingMessage): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => resolve(Buffer.concat(chunks).toString()));
  });

async function call({ fn, args }: { fn: string; args: { user_id: number; name: string } }) {
  const result = await (fn === "wide" ? handlers.wide(args) : handlers.rename_user(args));
  return JSON.stringify({ result });
}

async function read(name: string, input: { user_id: number }): Promise<string> {
  if (name === "session") return JSON.stringify({ csrfToken: "x".repeat(86) });
  if (name === "page") return JSON.stringify({ page_lines: await handlers.page_lines(input) });
  const [user_notes, user_orders, user_profile] = await Promise.all([
    handlers.user_notes(input),
    handlers.user_orders(input),
    handlers.user_profile(input),
  ]);
  return JSON.stringify({ user_notes, user_orders, user_profile });
}
