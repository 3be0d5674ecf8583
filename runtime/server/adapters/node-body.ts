/**
 * The body of a request of node:http, be it on its way or read by somebody in front. A request whose answer is out
 * before its body was here never closes to node, so the end of the answer ends the reading, too.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyFailure, ChunksEnd, ParsedBody } from "../wire.js";

/** Where it is noted how many bytes have come, while more are waited for; null while they are not. */
type Progress = { received: number | null };

export async function readWhole(
  native: IncomingMessage,
  response: ServerResponse,
  limit: number,
  progress: Progress,
): Promise<Uint8Array | ParsedBody | BodyFailure> {
  // To whoever listened first the pieces go from the next turn on, and to us only if we listen by then.
  if (isFlowing(native)) return collect(native, response, limit, progress);
  // A body that came with its headers is handed over by the parser just after them.
  if (!native.readableDidRead) await undefined;
  if (native.readableDidRead || native.readableEnded) {
    const left = parsedBody(native, limit);
    if (left === null) throw new Error(TAKEN);
    return left;
  }
  if (native.destroyed || response.closed) return "aborted";
  return takeWhole(native, limit) ?? collect(native, response, limit, progress);
}

export async function readPieces(
  native: IncomingMessage,
  response: ServerResponse,
  take: (piece: Uint8Array) => Promise<boolean>,
  progress: Progress,
): Promise<ChunksEnd> {
  const isDecoded = native.readableEncoding !== null;
  if (native.readableDidRead || native.readableEnded || isDecoded) {
    // Text that somebody decoded is no longer what was sent.
    const isText = isDecoded || ("body" in native && typeof native.body === "string");
    const left = isText ? null : parsedBody(native, Infinity);
    if (!(left instanceof Uint8Array)) return "consumed";
    return left.length === 0 || (await take(left)) ? "complete" : "stopped";
  }
  if (native.destroyed || response.closed) return "aborted";
  return new Promise((resolve, reject) => {
    let taken = Promise.resolve();
    let size = 0;
    progress.received = 0;
    const stop = (): void => {
      progress.received = null;
      native.off("data", onData);
      native.resume();
    };
    const onData = (piece: Buffer): void => {
      native.pause();
      size += piece.length;
      // Until it is put away the sender is not waited for.
      progress.received = null;
      taken = take(piece).then(
        (goesOn) => {
          if (goesOn) {
            progress.received = size;
            native.resume();
          } else {
            stop();
            resolve("stopped");
          }
        },
        (thrown: unknown) => {
          stop();
          reject(thrown);
        },
      );
    };
    native.on("data", onData);
    native.on("end", () => {
      void taken.then(() => {
        progress.received = null;
        resolve("complete");
      });
    });
    const onBroken = (): void => {
      if (native.readableEnded) return;
      progress.received = null;
      resolve("aborted");
    };
    native.on("error", onBroken);
    native.on("close", onBroken);
    response.once("close", onBroken);
  });
}

function collect(
  native: IncomingMessage,
  response: ServerResponse,
  limit: number,
  progress: Progress,
): Promise<Uint8Array | BodyFailure> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    progress.received = 0;
    const settle = (read: Uint8Array | BodyFailure): void => {
      progress.received = null;
      resolve(read);
    };
    const onData = (piece: Buffer | string): void => {
      // Text, where somebody in front has set an encoding.
      const encoding = native.readableEncoding ?? "utf8";
      const chunk = typeof piece === "string" ? Buffer.from(piece, encoding) : piece;
      size += chunk.length;
      if (size <= limit) {
        progress.received = size;
        chunks.push(chunk);
        return;
      }
      native.off("data", onData);
      settle("too-large");
    };
    native.on("data", onData);
    native.on("end", () => settle(joined(chunks)));
    const onBroken = (): void => settle("aborted");
    native.on("error", onBroken);
    native.on("close", onBroken);
    response.once("close", onBroken);
  });
}

const TAKEN =
  "The body of a call was read before it reached Mizan, and req.body does not have it: mount mizan.router before whatever reads it";

/** Somebody listens to the pieces, and none has come yet. */
const isFlowing = (native: IncomingMessage): boolean =>
  native.readableFlowing === true &&
  !native.readableDidRead &&
  !native.readableEnded &&
  !native.destroyed;

/**
 * A body of which all is here, null for any other. Most small ones are, and to take them costs half of what
 * listening for their pieces does: a twentieth of a small call.
 */
function takeWhole(native: IncomingMessage, limit: number): Uint8Array | null {
  const { readableLength: length, readableEncoding } = native;
  if (length === 0 || length > limit || readableEncoding !== null) return null;
  if (length !== Number(native.headers["content-length"])) return null;
  const chunk: unknown = native.read();
  // On to its end, which others may listen for.
  native.resume();
  return chunk instanceof Uint8Array ? chunk : null;
}

function joined(chunks: readonly Buffer[]): Uint8Array {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}

/**
 * What a body parser in front of us left. JSON stays the value it made: as text again, an infinite number would
 * be null, and what nests too deep would overflow the stack. Null where somebody read it and left nothing.
 */
function parsedBody(
  request: IncomingMessage,
  limit: number,
): Uint8Array | ParsedBody | BodyFailure | null {
  const { headers } = request;
  const isEmpty = headers["transfer-encoding"] === undefined && !Number(headers["content-length"]);
  // Some parsers make an object of nothing.
  if (isEmpty) return new Uint8Array();
  const body: unknown = "body" in request ? request.body : undefined;
  if (body === undefined) return null;
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  if (!(bytes instanceof Uint8Array)) return { parsed: body };
  return bytes.length > limit ? "too-large" : bytes;
}
