/** spec/protocol.md, streams: a context read line by line, what ends it, and who may end it early. */
import {
  Agent,
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
} from "node:http";
import { connect, type AddressInfo } from "node:net";
import { field, integer, optional, ref, string } from "@mizan/runtime/abi/v1/server";
import { nodeListener, type Mizan, type WireResponse } from "@mizan/runtime/server";
import express from "express";
import fc from "fast-check";
import { listenOn } from "../support/listen.js";
import { ask, askRaw, read, recorder, serverOf } from "./ask.js";

const LINES = { accept: "application/x-ndjson" };

/** Handlers of the context `trio` wait here until a test opens their gate. */
class Gate {
  open: () => void = () => {};
  readonly passed: Promise<void>;
  constructor() {
    this.passed = new Promise((resolve) => {
      this.open = resolve;
    });
  }
}
let gates: Record<string, Gate> = {};
let fails: Record<string, unknown> = {};
let signals: AbortSignal[] = [];
const begun: string[] = [];

beforeEach(() => {
  gates = {};
  fails = {};
  signals = [];
  begun.length = 0;
});

type Ctx = { signal: AbortSignal; res: { set(name: string, value: string): void }; user: unknown };
const gated =
  (name: string, answer: unknown) =>
  async (_: unknown, ctx: Ctx): Promise<unknown> => {
    begun.push(name);
    signals.push(ctx.signal);
    ctx.res.set("X-Set-By", name);
    await gates[name]?.passed;
    if (name in fails) throw fails[name];
    return answer;
  };

const { lines: log, logger } = recorder();
const given = {
  structs: [{ name: "Row", fields: [field("zeta", string()), field("alpha", integer())] }],
  errors: [
    { name: "Gone", code: "GONE", status: 410, message: "Gone", fields: [field("id", integer())] },
  ],
  contexts: [
    { name: "trio", functions: ["alpha", "beta", "gamma"] },
    { name: "staff", functions: ["for_staff"] },
    { name: "asked", functions: ["asked"] },
    { name: "open", functions: ["shared"], cache: { ttl: 60, public: true } },
    { name: "big", functions: ["big_a", "big_b"] },
  ],
  functions: [
    { name: "alpha", output: ref("Row"), boxed: false, context: "trio", errors: ["Gone"] },
    { name: "beta", input: [field("id", integer())], output: integer(), context: "trio" },
    {
      name: "gamma",
      input: [field("how", optional(string()), { omittable: true })],
      output: optional(string()),
      context: "trio",
      errors: ["Gone"],
    },
    { name: "for_staff", context: "staff", guard: { role: "staff" as const } },
    { name: "asked", context: "asked", guard: { predicate: "asked" } },
    { name: "shared", output: optional(string()), context: "open" },
    { name: "big_a", output: string(), context: "big" },
    { name: "big_b", output: string(), context: "big" },
  ],
};
const handlers = {
  alpha: gated("alpha", { zeta: "ζ\u2028\n", alpha: 1 }),
  beta: gated("beta", 5),
  gamma: gated("gamma", null),
  for_staff: () => undefined,
  asked: () => undefined,
  shared: async (_: unknown, ctx: Ctx) => {
    signals.push(ctx.signal);
    ctx.res.set("X-Set-By", "shared");
    await gates["shared"]?.passed;
    return ctx.user === null ? null : "somebody";
  },
  big_a: () => "a".repeat(2_000_000),
  big_b: gated("big_b", "b".repeat(2_000_000)),
};
const predicates = {
  asked: ({ req }: { req: { headers: Record<string, string> } }) => {
    if (req.headers["x-how"] === "throw") throw new Error("asked in vain");
    return req.headers["x-how"] === "yes";
  },
};
const serve = (options: object = {}): Mizan =>
  serverOf(given, handlers, { logger, predicates, ...options });
const mizan = serve();

const open = (name: string): void => gates[name]?.open();
const close = (...names: string[]): void => {
  for (const name of names) gates[name] = new Gate();
};

/** Chunks of a streamed answer, one at a time. */
function chunksOf({ body }: WireResponse): AsyncIterator<string> {
  if (typeof body === "string") throw new Error(`No stream: ${body}`);
  return body[Symbol.asyncIterator]();
}
const stream = (server: Mizan, query = "id=1") =>
  askRaw(server, { path: "/ctx/trio/", query, headers: LINES });

describe("Accept", () => {
  const isStream = async (accept: string | undefined, method = "GET"): Promise<boolean> => {
    const headers: Record<string, string> = accept === undefined ? {} : { accept };
    const answer = await ask(mizan, { method, path: "/ctx/trio/", query: "id=1", headers });
    expect(answer.status).toBe(200);
    expect(answer.headers["vary"]).toBe("Accept");
    return answer.lines.length > 0;
  };
  test.each([
    "application/x-ndjson",
    "APPLICATION/X-NDJSON",
    " application/x-ndjson ; q=0.5 ",
    "application/x-ndjson, application/json",
    "application/json, application/x-ndjson",
    "application/x-ndjson, */*;q=0.9",
    "application/x-ndjson;q=0.8, application/json;q=0.7, */*",
    "application/x-ndjson;charset=utf-8",
    "text/html;q=1.0, application/x-ndjson;q=0.001",
    "application/x-ndjson, application/json;q=nonsense",
  ])("%j asks for lines", async (accept) => expect(await isStream(accept)).toBe(true));
  test.each([
    undefined,
    "",
    "*/*",
    "application/*",
    "application/json",
    "application/x-ndjson;q=0",
    "application/x-ndjson;q=0.000",
    "application/x-ndjson;q=2",
    "application/x-ndjson;q=",
    "application/x-ndjson;q=0.5, application/json",
    "application/x-ndjson;q=0.5, */*",
    "application/x-ndjson;q=0.5, application/*;q=0.6, */*;q=0.1",
    "application/x-ndjsonp",
    "xapplication/x-ndjson",
    "application/x-ndjson+json",
  ])("%j asks for the bundle", async (accept) => expect(await isStream(accept)).toBe(false));
  test("whatever it says, something is answered", async () => {
    const word = fc.constantFrom(
      ...["application/x-ndjson", "application/json", "*/*", ";", ",", "q=", "0.5", "1", " ", '"'],
    );
    const text = fc.array(fc.oneof(word, fc.string({ maxLength: 3 })), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(text, async (words) => {
        await isStream(words.join(""));
      }),
      { seed: 3, numRuns: 200 },
    );
  });
  test("HEAD is that of the bundle", async () => {
    const asked = { method: "HEAD", path: "/ctx/trio/", query: "id=1" };
    const answer = await ask(mizan, { ...asked, headers: LINES });
    expect(answer).toEqual(await ask(mizan, asked));
    expect(answer.headers["content-type"]).toMatch("application/json");
  });
});

describe("the lines of a read", () => {
  test("are its slots, boxed as in the bundle, and then its tag", async () => {
    const [bundle, streamed] = [
      await read(mizan, "trio", "id=1"),
      await read(mizan, "trio", "id=1", LINES),
    ];
    expect(streamed.lines).toEqual([
      { slot: "alpha", value: { zeta: "ζ\u2028\n", alpha: 1 } },
      { slot: "beta", value: { result: 5 } },
      { slot: "gamma", value: { result: null } },
      { done: true, etag: bundle.headers["etag"] },
    ]);
    // Declared order within a value, and one byte sequence for one value, as in the bundle.
    expect(streamed.body).toContain('"value":{"zeta":');
    expect(streamed.body.endsWith("}\n")).toBe(true);
  });
  test("may be held, compressed or stored by nobody on the way", async () => {
    const { headers } = await read(mizan, "trio", "id=1", LINES);
    expect(headers).toEqual({
      "x-mizan-contract": expect.any(String),
      "content-type": "application/x-ndjson",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      vary: "Accept",
    });
    expect((await read(mizan, "open", "", LINES)).headers["cache-control"]).toBe(
      "no-store, no-transform",
    );
  });
  test("come as soon as each is done, whatever its place", async () => {
    close("alpha", "beta");
    const chunks = chunksOf(await stream(mizan));
    expect(begun).toEqual(["alpha", "beta", "gamma"]);
    expect((await chunks.next()).value).toBe('{"slot":"gamma","value":{"result":null}}\n');
    open("beta");
    expect((await chunks.next()).value).toBe('{"slot":"beta","value":{"result":5}}\n');
    open("alpha");
    const rest = (await chunks.next()).value.split("\n").map((line: string) => line.slice(0, 15));
    expect(rest).toEqual(['{"slot":"alpha"', '{"done":true,"e', ""]);
    expect((await chunks.next()).done).toBe(true);
    expect((await chunks.next()).done).toBe(true);
  });
  test("ignore If-None-Match: only the end knows the tag", async () => {
    for (const tag of ["*", String((await read(mizan, "trio", "id=1")).headers["etag"])]) {
      const answer = await read(mizan, "trio", "id=1", { ...LINES, "if-none-match": tag });
      expect([answer.status, answer.lines.length]).toEqual([200, 4]);
    }
  });
  test("of a public context depend on nobody", async () => {
    const asked = jest.fn(() => ({ id: 1 }));
    const server = serve({ authenticate: asked });
    expect((await read(server, "open", "", LINES)).lines[0]).toEqual({
      slot: "shared",
      value: { result: null },
    });
    expect(asked).not.toHaveBeenCalled();
  });
});

describe("a refusal before the first handler", () => {
  test.each([
    [404, "NOT_FOUND", "nowhere", "id=1", {}],
    [401, "UNAUTHORIZED", "staff", "", {}],
    [403, "FORBIDDEN", "asked", "", {}],
    [500, "INTERNAL_ERROR", "asked", "", { "x-how": "throw" }],
    [422, "VALIDATION_ERROR", "trio", "id=x", {}],
    [400, "BAD_REQUEST", "trio", "id=%FF", {}],
    [401, "UNAUTHORIZED", "trio", "id=1", { "x-mizan-token": "bad" }],
  ])("is an ordinary answer: %d %s", async (status, code, name, query, headers) => {
    const answer = await read(mizan, name, query, { ...LINES, ...headers });
    expect([answer.status, answer.json]).toMatchObject([status, { error: true, code }]);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(begun).toEqual([]);
  });
  test("another contract, where the server insists", async () => {
    const strict = serve({ contract: "strict" });
    const headers = { ...LINES, "x-mizan-contract": "fedcba9876543210" };
    expect((await read(strict, "trio", "id=1", headers)).json).toMatchObject({
      code: "CONTRACT_MISMATCH",
    });
    expect(begun).toEqual([]);
    expect((await read(mizan, "trio", "id=1", headers)).lines).toHaveLength(4);
  });
});

describe("a failure", () => {
  const gone = (id: number) =>
    Object.assign(handlers, {
      alpha: (_: unknown, ctx: { errors: { Gone: (details: object) => Error } }) => {
        throw ctx.errors.Gone({ id });
      },
    });
  const { alpha } = handlers;
  afterEach(() => Object.assign(handlers, { alpha }));

  test("is a line with what the envelope would say, and its status", async () => {
    gone(7);
    const answer = await read(serve(), "trio", "id=1", LINES);
    expect(answer.status).toBe(200);
    expect(answer.lines.at(-1)).toEqual({
      error: { status: 410, code: "GONE", message: "Gone", details: { id: 7 } },
    });
    expect(answer.lines.filter((line) => "done" in (line as object))).toEqual([]);
  });
  test("of several is that of the first function, and nothing is delivered after one", async () => {
    close("alpha", "beta");
    fails = { alpha: new Error("first"), gamma: new Error("fastest") };
    const chunks = chunksOf(await stream(mizan));
    const next = chunks.next();
    await new Promise(setImmediate);
    open("beta");
    await new Promise(setImmediate);
    open("alpha");
    expect((await next).value).toMatch(
      /^\{"error":\{"status":500,"code":"INTERNAL_ERROR".*\}\}\n$/,
    );
    expect((await chunks.next()).done).toBe(true);
    expect(log.slice(-2).map(({ message }) => message)).toEqual([
      "mizan: gamma failed",
      "mizan: alpha failed",
    ]);
  });
  test("that is unexpected says nothing but the request's id", async () => {
    fails = { beta: new Error("secret text") };
    const { body, lines } = await read(mizan, "trio", "id=1", LINES);
    const { fields } = log.at(-1) as { fields: { request_id: string } };
    expect(lines.at(-1)).toMatchObject({ error: { details: { request_id: fields.request_id } } });
    expect(body).not.toContain("secret");
  });
});

describe("the limits of a stream", () => {
  test("a handler that never answers ends it with an error line", async () => {
    const server = serve({ handlerTimeoutMs: 40 });
    close("beta");
    const { lines } = await read(server, "trio", "id=1", LINES);
    expect(lines.slice(0, 2)).toMatchObject([{ slot: "alpha" }, { slot: "gamma" }]);
    expect(lines.slice(2)).toEqual([
      {
        error: {
          status: 500,
          code: "INTERNAL_ERROR",
          message: "An internal error occurred",
          details: { request_id: expect.any(String) },
        },
      },
    ]);
    expect(signals.every((signal) => signal.aborted)).toBe(true);
    expect(log.at(-1)?.message).toBe("mizan: trio failed");
    // What comes too late reaches nobody, and closing does not wait for it.
    await server.close();
    open("beta");
  });
  test("what anybody may read is limited and stopped, and says its headers, like all else", async () => {
    const server = serve({ handlerTimeoutMs: 40, cache: false });
    expect((await read(server, "open")).headers["x-set-by"]).toBe("shared");
    close("shared");
    expect((await read(server, "open")).status).toBe(500);
    const { lines } = await read(server, "open", "", LINES);
    expect(lines).toMatchObject([{ error: { code: "INTERNAL_ERROR" } }]);
    expect(signals.map((signal) => signal.aborted)).toEqual([false, true, true]);
  });
  test("a client that stops reading is cut off", async () => {
    const server = serve({ handlerTimeoutMs: 40 });
    const cut = new Promise<void>((resolve) => {
      void askRaw(server, {
        path: "/ctx/trio/",
        query: "id=1",
        headers: LINES,
        onCut: resolve,
      });
    });
    await cut;
    await server.close();
  });
  test("closing waits for its end, and refuses what comes meanwhile", async () => {
    const server = serve();
    close("beta");
    const chunks = chunksOf(await stream(server));
    let isClosed = false;
    const closing = server.close().then(() => (isClosed = true));
    expect((await read(server, "trio", "id=1", LINES)).status).toBe(503);
    await chunks.next();
    open("beta");
    expect((await chunks.next()).value).toContain('"done":true');
    await new Promise(setImmediate);
    expect(isClosed).toBe(false);
    expect((await chunks.next()).done).toBe(true);
    await closing;
  });
  test("one that its reader left is over when its handlers are", async () => {
    const server = serve();
    close("beta");
    const chunks = chunksOf(await stream(server));
    await chunks.return?.();
    expect((await chunks.next()).done).toBe(true);
    let isClosed = false;
    const closing = server.close().then(() => (isClosed = true));
    await new Promise(setImmediate);
    expect(isClosed).toBe(false);
    open("beta");
    await closing;
  });
});

const express4 = jest.requireActual<typeof express>("express-4");
const behind = (make: typeof express) => (server: Mizan) =>
  createServer(make().use("/api/mizan", server.router));
const behindNode = (server: Mizan): Server => createServer(nodeListener(server));

describe.each([
  ["Express 5", behind(express)],
  ["Express 4", behind(express4)],
  ["node:http", behindNode],
])("over a socket, behind %s", (_, make) => {
  let listening: Server;
  let server: Mizan;
  beforeEach(async () => {
    server = serve();
    listening = make(server);
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => new Promise((resolve) => listening.close(resolve)));

  const get = (path: string): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const { port } = listening.address() as AddressInfo;
      const url = `http://127.0.0.1:${port}/api/mizan${path}`;
      httpRequest(url, { headers: LINES, agent: false }, resolve).on("error", reject).end();
    });

  test("each line arrives while a slow one is still being made", async () => {
    close("alpha");
    const response = await get("/ctx/trio/?id=1");
    response.setEncoding("utf8");
    expect(response.headers).toMatchObject({ "transfer-encoding": "chunked" });
    expect(response.headers).not.toHaveProperty("x-set-by");
    let text = "";
    for await (const chunk of response) {
      text += chunk;
      // Were a line held back, nothing would ever come.
      if (text.split("\n").length === 3) open("alpha");
    }
    expect(text.split("\n").map((line) => line.slice(0, 13))).toEqual([
      '{"slot":"beta',
      '{"slot":"gamm',
      '{"slot":"alph',
      '{"done":true,',
      "",
    ]);
  });
  test("HTTP/1.0 knows no chunks: the end is that of the connection", async () => {
    const { port } = listening.address() as AddressInfo;
    const socket = connect(port, "127.0.0.1");
    const accept = "Accept: application/x-ndjson";
    socket.end(`GET /api/mizan/ctx/trio/?id=1 HTTP/1.0\r\nHost: x\r\n${accept}\r\n\r\n`);
    let text = "";
    for await (const chunk of socket.setEncoding("utf8")) text += chunk;
    const [, body = ""] = text.split("\r\n\r\n");
    expect(body.split("\n").map((line) => line.slice(0, 7))).toEqual([
      '{"slot"',
      '{"slot"',
      '{"slot"',
      '{"done"',
      "",
    ]);
  });
  test("two on one connection do not mix", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const { port } = listening.address() as AddressInfo;
    const lines = async (query: string): Promise<number> => {
      const url = `http://127.0.0.1:${port}/api/mizan/ctx/trio/?${query}`;
      const response = await new Promise<IncomingMessage>((resolve) => {
        httpRequest(url, { headers: LINES, agent }, resolve).end();
      });
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      return text.split("\n").length - 1;
    };
    expect(await Promise.all([lines("id=1"), lines("id=2"), lines("id=3")])).toEqual([4, 4, 4]);
    agent.destroy();
  });
  test("a client that leaves stops the handlers, and nothing hangs", async () => {
    close("alpha");
    const response = await get("/ctx/trio/?id=1");
    await new Promise((resolve) => response.once("data", resolve));
    const [signal] = signals;
    const aborted = new Promise((resolve) => signal?.addEventListener("abort", resolve));
    response.destroy();
    await aborted;
    open("alpha");
    await server.close();
  });
  test("a slow reader gets everything, and is waited for", async () => {
    const response = await get("/ctx/big/");
    response.pause();
    let isClosed = false;
    const closing = server.close().then(() => (isClosed = true));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(isClosed).toBe(false);
    let size = 0;
    for await (const chunk of response) size += (chunk as Buffer).length;
    expect(size).toBeGreaterThan(4_000_000);
    await closing;
  });
});

test("a reader that stalls on a real connection is cut off after the limit", async () => {
  const server = serve({ handlerTimeoutMs: 60 });
  const listening = behindNode(server);
  const port = await listenOn(listening);
  const response = await new Promise<IncomingMessage>((resolve) => {
    httpRequest(`http://127.0.0.1:${port}/api/mizan/ctx/big/`, { headers: LINES, agent: false })
      .on("response", resolve)
      .end();
  });
  response.pause();
  // It resolves only because the server gives up on the reader.
  await server.close();
  response.on("error", () => {});
  response.resume();
  await new Promise((resolve) => response.once("close", resolve));
  expect(response.complete).toBe(false);
  await new Promise((resolve) => listening.close(resolve));
});
