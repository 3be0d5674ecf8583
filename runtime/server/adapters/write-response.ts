/** Sends answers by way of node:http, whole ones and those that come line by line. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { WireResponse } from "../wire.js";

/** How much of a refused body is read and thrown away, so that its sender gets to see the refusal. */
const DISCARDED_BYTES = 32 * 1024 * 1024;
/** A connection that ends with the refusal is not kept open for longer than that when nothing is sent. */
const LONGEST_SILENCE_MS = 1000;

/** Does nothing where the client is gone or somebody else has answered. */
export function writeResponse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body, patienceMs }: WireResponse,
): void {
  const isStream = typeof body !== "string";
  if (response.destroyed || response.headersSent) {
    if (isStream) void body[Symbol.asyncIterator]().return?.();
    return;
  }
  response.writeHead(status, withThoseInFront(response, headers));
  if (isStream) {
    writeChunks(response, body).catch(() => response.destroy());
    return;
  }
  if (status >= 400 && !request.complete) {
    // HTTP/2 has no connection that ends with its answer, and says nothing of it.
    const isKept = (response.shouldKeepAlive as boolean | undefined) !== false;
    refuseBody(request, response, body, !isKept || headers["Connection"] === "close");
  } else {
    response.end(body);
  }
  // As long as something is taken, however slowly, the socket counts as active.
  if (patienceMs !== undefined && response.writableLength > 0) {
    response.setTimeout(patienceMs, () => response.destroy());
  }
}

/** Of these several layers have something to say, each for itself; of all others our word is the last. */
const SHARED = ["set-cookie", "vary", "server-timing"] as const;

/** Adds what layers in front have set already, such as a cookie of theirs, which ours would replace. */
function withThoseInFront(
  response: ServerResponse,
  headers: WireResponse["headers"],
): WireResponse["headers"] {
  const shared = SHARED.filter((name) => response.hasHeader(name));
  if (shared.length === 0) return headers;
  const merged: WireResponse["headers"] = { ...headers };
  for (const [name, ours] of Object.entries(headers)) {
    const known = shared.find((each) => each === name.toLowerCase());
    if (known === undefined) continue;
    const all = [response.getHeader(known) ?? [], ours].flat().map(String);
    merged[name] = known === "set-cookie" ? all : joined(known, all);
  }
  return merged;
}

/** Names are said once. What took how long may hold a comma in quotes, and is left as it is. */
function joined(name: "vary" | "server-timing", all: readonly string[]): string {
  if (name !== "vary") return all.join(", ");
  return [...new Set(all.flatMap((list) => list.split(",").map((word) => word.trim())))].join(", ");
}

/** At the speed of the client, so that what it does not read is not held twice. */
async function writeChunks(response: ServerResponse, body: AsyncIterable<string>): Promise<void> {
  const chunks = body[Symbol.asyncIterator]();
  // Whoever leaves may do so while there is nothing to send.
  response.once("close", () => void chunks.return?.());
  for (;;) {
    const chunk = await chunks.next();
    if (chunk.done === true || response.destroyed) break;
    // Whoever wraps `write` may forget to answer what it did, and then nobody would say when to go on.
    const goesOn: boolean | undefined = response.write(chunk.value);
    if (goesOn !== false) continue;
    await new Promise((resolve) => response.once("drain", resolve));
  }
  if (!response.destroyed) response.end();
}

/**
 * A sender that is cut off while sending sees a broken connection instead of the answer. Node closes a connection that
 * is not kept as soon as the answer has ended, so there it ends when nothing more is sent.
 */
function refuseBody(
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
  isLast: boolean,
): void {
  if (!isLast) response.end(body);
  else if (body === "") response.flushHeaders();
  else response.write(body);

  let size = 0;
  let silence: NodeJS.Timeout | undefined;
  const end = (): void => {
    clearTimeout(silence);
    if (isLast) response.end();
  };
  const wait = (): void => {
    clearTimeout(silence);
    silence = setTimeout(end, LONGEST_SILENCE_MS);
  };
  if (isLast) wait();
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > DISCARDED_BYTES) request.destroy();
    else if (isLast) wait();
  });
  request.on("end", end);
  request.on("close", end);
  request.on("error", () => {
    // The connection broke: there is nothing left to read.
  });
}
