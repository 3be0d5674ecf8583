/**
 * Bytes over real sockets: what a client that keeps to no rule sends, and the answers read strictly, so that two
 * answers to one request, or a byte too many, are seen.
 */
import { Agent, createServer, request, type IncomingHttpHeaders, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import express from "express";
import { nodeListener, type Mizan } from "@mizan/runtime/server";
import { listenOn } from "../support/listen.js";

export type HttpAnswer = {
  readonly status: number;
  /** By lower-case name; of repeated ones the last. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
};

export interface Running {
  readonly port: number;
  readonly mizan: Mizan;
  readonly server: Server;
  stop(): Promise<void>;
}

const frameworkOf = {
  "Express 5": (mizan: Mizan) =>
    createServer(express().use("/api/mizan", mizan.router).use(mizan.views)),
  "Express 4": (mizan: Mizan) =>
    createServer(jest.requireActual<typeof express>("express-4")().use("/api/mizan", mizan.router)),
  "node:http": (mizan: Mizan) => createServer(nodeListener(mizan)),
} as const;

export type Framework = keyof typeof frameworkOf;

export async function listen(mizan: Mizan, framework: Framework = "node:http"): Promise<Running> {
  const server = frameworkOf[framework](mizan);
  const port = await listenOn(server);
  return {
    mizan,
    server,
    port,
    async stop() {
      await mizan.close({ deadlineMs: 0 });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One connection, whose answers are cut apart by the lengths they announce. */
export class Connection {
  readonly socket: Socket;
  readonly answers: HttpAnswer[] = [];
  /** The other side has ended the connection, or broken it. */
  readonly closed: Promise<void>;
  isClosed = false;
  #bytes = Buffer.alloc(0);
  #wake: () => void = () => undefined;

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.setNoDelay(true);
    this.socket.on("data", (chunk: Buffer) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      for (let answer = this.#cut(); answer !== null; answer = this.#cut()) {
        this.answers.push(answer);
      }
      this.#wake();
    });
    // A reset is as good an end as any.
    this.socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.on("close", () => {
        this.isClosed = true;
        this.#wake();
        resolve();
      });
    });
  }

  /** Bytes behind the last whole answer. */
  get rest(): string {
    return this.#bytes.toString("latin1");
  }

  write(bytes: string | Uint8Array): this {
    if (!this.socket.destroyed) this.socket.write(bytes);
    return this;
  }

  /** Resolves when so many answers have come in all, or the connection is closed. */
  async until(count: number): Promise<readonly HttpAnswer[]> {
    while (this.answers.length < count && !this.isClosed) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.answers;
  }

  /** The next answer; rejects where the connection closes instead. */
  async next(): Promise<HttpAnswer> {
    const index = this.answers.length;
    const answer = (await this.until(index + 1))[index];
    if (answer === undefined) throw new Error(`closed without an answer: ${this.rest}`);
    return answer;
  }

  destroy(): void {
    this.socket.destroy();
  }

  #cut(): HttpAnswer | null {
    const head = this.#bytes.indexOf("\r\n\r\n");
    if (head < 0) return null;
    const [first = "", ...lines] = this.#bytes.subarray(0, head).toString("latin1").split("\r\n");
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1] ?? NaN);
    if (Number.isNaN(status)) throw new Error(`no answer: ${first}`);
    const headers = Object.fromEntries(
      lines.map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    // Streams are read by tests of their own: here they stay as they came.
    if (headers["transfer-encoding"] !== undefined) return null;
    const from = head + 4;
    // Node's own refusals have no length, and close the connection behind them.
    const length = status === 100 ? 0 : Number(headers["content-length"] ?? 0);
    if (this.#bytes.length < from + length) return null;
    const text = this.#bytes.subarray(from, from + length).toString("utf8");
    this.#bytes = this.#bytes.subarray(from + length);
    return { status, headers, text };
  }
}

/** A request as text. `body` is announced by its length unless `headers` say how it comes. */
export function toBytes(
  target: string,
  headers: Readonly<Record<string, string>> = {},
  body: string | Uint8Array = "",
): Buffer {
  const announced = Object.keys(headers).some((name) =>
    /^(?:content-length|transfer-encoding)$/i.test(name),
  );
  const length = announced ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  const lines = Object.entries({ Host: "app.example", ...length, ...headers }).map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`${target} HTTP/1.1`, ...lines, "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head, "latin1"), Buffer.from(body)]);
}

const JSON_TYPE = { "Content-Type": "application/json" };

export const callBytes = (
  fn: string,
  args?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Buffer =>
  toBytes("POST /api/mizan/call/", { ...JSON_TYPE, ...headers }, JSON.stringify({ fn, args }));

/** Sends one request over a connection of its own. */
export async function sendOnce(port: number, bytes: string | Uint8Array): Promise<HttpAnswer> {
  const connection = new Connection(port);
  try {
    return await connection.write(bytes).next();
  } finally {
    connection.destroy();
  }
}

export type Sent = {
  /** Default GET. */
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};
export type Got = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

const agent = new Agent({ keepAlive: true, maxSockets: 20 });
afterAll(() => agent.destroy());

/** Sends a request as node's own client does, over connections that are kept. */
export function send(
  port: number,
  { method = "GET", path, headers = {}, body }: Sent,
): Promise<Got> {
  // Node frames the body of only some methods by itself.
  const framed =
    body === undefined || headers["transfer-encoding"] !== undefined
      ? headers
      : { ...headers, "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        port,
        host: "127.0.0.1",
        agent,
        method,
        path,
        headers: framed,
      },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}
