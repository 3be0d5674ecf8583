/** A request of node:http, which Express's are too, as the dispatcher sees it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { isRecord } from "../values/own.js";
import type { WireRequest } from "../wire.js";
import { readPieces, readWhole } from "./node-body.js";

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

  readBody(limit: number): ReturnType<WireRequest["readBody"]> {
    return readWhole(this.native, this.#response, limit, this);
  }

  readChunks(
    take: Parameters<WireRequest["readChunks"]>[0],
  ): ReturnType<WireRequest["readChunks"]> {
    return readPieces(this.native, this.#response, take, this);
  }

  onAbort(listener: () => void): void {
    const response = this.#response;
    // One of HTTP/2 that was broken off counts as finished, and does not say that it is destroyed.
    const isAnswered = (): boolean => response.writableEnded && response.writableFinished;
    const stream: unknown = "stream" in response ? response.stream : null;
    const isOver = response.destroyed || (isRecord(stream) && stream["destroyed"] === true);
    if (isOver && !response.writableEnded) listener();
    else response.once("close", () => isAnswered() || listener());
  }

  cut(): void {
    this.#response.destroy();
  }
}

/** A proxy may be sent a whole URL (RFC 9112, 3.2.2), and Express leaves it one below a mount. */
export const originForm = (target: string): string =>
  target.startsWith("/") ? target : target.replace(/^https?:\/\/[^/?]*/i, "");
