/**
 * What an answer of the server says, whichever way it was asked: one bundle, the lines of a stream, those of a
 * batch. It is read while it passes by, so that the client's kernel gets it as it came.
 */
import { parse } from "node:querystring";
import type { Params } from "./rows.js";

/** One context that a request reads. */
export type Asked = { readonly context: string; readonly params: Params };

export type Request =
  | { readonly kind: "session" }
  | { readonly kind: "call"; readonly fn: string; readonly args: Params }
  | { readonly kind: "read"; readonly reads: readonly Asked[] };

export interface Listener {
  onSlot(asked: Asked, slot: string, value: unknown): void;
  /** The envelope of an error, of the whole answer or of one of its reads. */
  onError(envelope: unknown): void;
  /** Of a call. */
  onResult(body: unknown): void;
  /** It is nothing that the protocol knows. */
  onNonsense(text: string): void;
}

export function toRequest(url: URL, body: unknown): Request {
  const [, context] = /\/ctx\/([^/]+)\/$/.exec(url.pathname) ?? [];
  if (context !== undefined) {
    const params = parse(url.search.slice(1));
    return { kind: "read", reads: [{ context, params }] };
  }
  if (typeof body !== "string") return { kind: "session" };
  const { fn, args, contexts } = JSON.parse(body);
  return fn === undefined
    ? {
        kind: "read",
        reads: contexts.map((each: Asked) => ({ ...each, params: each.params ?? {} })),
      }
    : { kind: "call", fn, args: args ?? {} };
}

/** Reads one answer piece by piece; `end` is called when it is complete. */
export class AnswerReader {
  readonly #request: Request;
  readonly #status: number;
  readonly #isLines: boolean;
  readonly #listener: Listener;
  readonly #decoder = new TextDecoder();
  readonly #open: Set<number>;
  #text = "";

  constructor(request: Request, response: Response, listener: Listener) {
    this.#request = request;
    this.#status = response.status;
    this.#isLines = (response.headers.get("content-type") ?? "").includes("x-ndjson");
    this.#listener = listener;
    this.#open = new Set(request.kind === "read" ? request.reads.keys() : []);
  }

  take(piece: Uint8Array): void {
    this.#text += this.#decoder.decode(piece, { stream: true });
    if (!this.#isLines) return;
    const lines = this.#text.split("\n");
    this.#text = lines.pop() ?? "";
    for (const line of lines) if (line !== "") this.#takeLine(line);
  }

  end(): void {
    if (this.#status === 304) return;
    if (this.#isLines) {
      if (this.#text !== "" || this.#open.size > 0) {
        this.#listener.onNonsense(`a stream ended early: ${this.#text}`);
      }
      return;
    }
    const body = this.#parse(this.#text);
    if (body === undefined) return;
    if (this.#status >= 400) this.#listener.onError(body);
    if (this.#request.kind === "call") this.#listener.onResult(body);
    if (this.#status >= 400 || this.#request.kind !== "read") return;
    const [asked] = this.#request.reads;
    for (const [slot, value] of Object.entries(Object(body))) {
      if (asked !== undefined) this.#listener.onSlot(asked, slot, value);
    }
  }

  #takeLine(line: string): void {
    const said = this.#parse(line);
    if (said === undefined || this.#request.kind !== "read") return;
    const { i = 0, slot, value, done, error } = Object(said);
    const asked = this.#request.reads[i];
    if (asked === undefined || !this.#open.has(i)) {
      this.#listener.onNonsense(line);
      return;
    }
    if (typeof slot === "string") this.#listener.onSlot(asked, slot, value);
    else this.#open.delete(i);
    if (error !== undefined) this.#listener.onError({ error: true, ...error });
    else if (slot === undefined && done !== true) this.#listener.onNonsense(line);
  }

  #parse(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch {
      this.#listener.onNonsense(text.slice(0, 200));
      return undefined;
    }
  }
}
