/** A request of node:http, which Express's are too, as the dispatcher sees it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyFailure, ChunksEnd, ParsedBody, WireRequest } from "../wire.js";

export class NodeRequest implements WireRequest {
  readonly native: IncomingMessage;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage["headers"];
  received: number | null = null;
  readonly #response: ServerResponse;

  /** `target` is the request target below the mount: `/call/?x=1`. */
  constructor(native: IncomingMessage, response: ServerResponse, target: string) {
    const url = originForm(target);
    const mark = url.indexOf("?");
    this.native = native;
    this.method = native.method ?? "GET";
    this.path = mark < 0 ? url : url.slice(0, mark);
    this.query = mark < 0 ? "" : url.slice(mark + 1);
    this.headers = native.headers;
    this.#response = response;
  }

  get secure(): boolean {
    return "encrypted" in this.native.socket && this.native.socket.encrypted === true;
  }

  get host(): string | undefined {
    return this.headers.host;
  }

  async readBody(limit: number): Promise<Uint8Array | ParsedBody | BodyFailure> {
    const { native } = this;
    // To whoever listened first the pieces go from the next turn on, and to us only if we listen by then.
    if (isFlowing(native)) return this.#collect(limit);
    // A body that came with its headers is handed over by the parser just after them.
    if (!native.readableDidRead) await undefined;
    if (native.readableDidRead || native.readableEnded) {
      const left = parsedBody(native, limit);
      if (left === null) throw new Error(TAKEN);
      return left;
    }
    if (native.destroyed) return "aborted";
    return takeWhole(native, limit) ?? this.#collect(limit);
  }

  #collect(limit: number): Promise<Uint8Array | BodyFailure> {
    const { native } = this;
    return new Promise((resolve) => {
      const chunks: Buffer[] = [];
      let size = 0;
      this.received = 0;
      const settle = (read: Uint8Array | BodyFailure): void => {
        this.received = null;
        resolve(read);
      };
      const onData = (piece: Buffer | string): void => {
        // Text, where somebody in front has set an encoding.
        const encoding = native.readableEncoding ?? "utf8";
        const chunk = typeof piece === "string" ? Buffer.from(piece, encoding) : piece;
        size += chunk.length;
        if (size <= limit) {
          this.received = size;
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
    });
  }

  async readChunks(take: (piece: Uint8Array) => Promise<boolean>): Promise<ChunksEnd> {
    const { native } = this;
    if (native.readableDidRead || native.readableEnded) {
      // Text that somebody decoded is no longer what was sent.
      const isText = "body" in native && typeof native.body === "string";
      const left = isText ? null : parsedBody(native, Infinity);
      if (!(left instanceof Uint8Array)) return "consumed";
      return left.length === 0 || (await take(left)) ? "complete" : "stopped";
    }
    if (native.destroyed) return "aborted";
    return new Promise((resolve, reject) => {
      let taken = Promise.resolve();
      let size = 0;
      this.received = 0;
      const stop = (): void => {
        this.received = null;
        native.off("data", onData);
        native.resume();
      };
      const onData = (piece: Buffer): void => {
        native.pause();
        size += piece.length;
        // Until it is put away the sender is not waited for.
        this.received = null;
        taken = take(piece).then(
          (goesOn) => {
            if (goesOn) {
              this.received = size;
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
          this.received = null;
          resolve("complete");
        });
      });
      const onBroken = (): void => {
        if (native.readableEnded) return;
        this.received = null;
        resolve("aborted");
      };
      native.on("error", onBroken);
      native.on("close", onBroken);
    });
  }

  onAbort(listener: () => void): void {
    const response = this.#response;
    if (response.destroyed && !response.writableEnded) listener();
    else response.once("close", () => response.writableFinished || listener());
  }

  cut(): void {
    this.#response.destroy();
  }
}

/** A proxy may be sent a whole URL (RFC 9112, 3.2.2), and Express leaves it one below a mount. */
export const originForm = (target: string): string =>
  target.startsWith("/") ? target : target.replace(/^https?:\/\/[^/?]*/i, "");

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
