/**
 * The same server behind Express 5, Express 4 and bare node:http, over real sockets: what each framework must
 * leave as it is, and what hostile traffic must not bring about.
 */
import { createServer as createHttpServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import express, { type Express } from "express";
import { field, integer, json, map, optional, ref, string } from "@mizan/runtime/abi/v1/server";
import { nodeListener, type Mizan } from "@mizan/runtime/server";
import { createRandom } from "../support/random.js";
import { recorder, serverOf } from "./ask.js";
import { send as sendTo, type Got, type Sent as SentTo } from "./sockets.js";

const JSON_TYPE = { "content-type": "application/json" };

type Sent = Partial<SentTo>;

/** A call, where nothing else is said. */
const send = (
  port: number,
  { method = "POST", path = "/api/mizan/call/", headers = JSON_TYPE, body }: Sent,
): Promise<Got> => sendTo(port, { method, path, headers, ...(body !== undefined && { body }) });

type Ctx = { signal: AbortSignal; req: object };
const { lines, logger } = recorder();
const calls: string[] = [];
let wait: () => Promise<void> = async () => {};
const aborted: Promise<void>[] = [];

const makeMizan = (): Mizan =>
  serverOf(
    {
      structs: [
        {
          name: "Point",
          fields: [field("x", integer()), field("y", integer(), { omittable: true, default: 0 })],
        },
      ],
      contexts: [{ name: "all", functions: ["look"] }],
      functions: [
        { name: "echo", input: [field("text", string())], output: string() },
        { name: "slow", output: string() },
        { name: "native", output: json() },
        {
          name: "take",
          input: [
            field("scores", optional(map(integer())), { omittable: true }),
            field("point", optional(ref("Point")), { omittable: true }),
          ],
          output: json(),
        },
        {
          name: "look",
          input: [field("n", optional(integer()), { omittable: true })],
          output: optional(integer()),
          context: "all",
        },
        { name: "big", output: string() },
        { name: "throws" },
      ],
    },
    {
      echo: ({ text }: { text: string }) => {
        calls.push(text.slice(0, 20));
        return text;
      },
      slow: async (_: unknown, { signal }: Ctx) => {
        aborted.push(new Promise((resolve) => signal.addEventListener("abort", () => resolve())));
        await wait();
        return "done";
      },
      native: (_: unknown, { req }: Ctx) => "app" in req,
      take: (input: object) => input,
      look: ({ n }: { n: number | null }) => n,
      big: () => "☃".repeat(1_000_000),
      throws: () => {
        throw new Error("secret");
      },
    },
    {
      authenticate: (req) => (req.headers["x-throw"] ? Promise.reject(new Error("secret")) : null),
      logger,
    },
  );

/** Starts what `make` makes; stopped after the suite. */
function running(make: (mizan: Mizan) => Server): { readonly port: number; readonly mizan: Mizan } {
  const mizan = makeMizan();
  const server = make(mizan);
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(async () => {
    await mizan.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    mizan,
    get port() {
      return (server.address() as AddressInfo).port;
    },
  };
}

const express4 = jest.requireActual<typeof express>("express-4");
const behind =
  (make: () => Express, prepare: (app: Express) => void = () => {}) =>
  (mizan: Mizan): Server => {
    const app = make();
    app.use((_req, res, next) => {
      res.setHeader("X-App", "1");
      next();
    });
    prepare(app);
    app.use("/api/mizan", mizan.router);
    app.use((_req, res) => {
      res.status(404).send("the application's own");
    });
    app.use((_error: unknown, _req: unknown, res: express.Response, next: unknown) => {
      void next;
      res.status(500).send("the application's error");
    });
    return createHttpServer(app);
  };

const frameworks: readonly [string, (mizan: Mizan) => Server][] = [
  ["Express 5", behind(express)],
  ["Express 4", behind(express4)],
  [
    "node:http",
    (mizan) =>
      createHttpServer(
        nodeListener(mizan, {
          otherwise: (_req, res) =>
            res.writeHead(404, { "X-App": "1" }).end("the application's own"),
        }),
      ),
  ],
];

describe.each(frameworks)("%s", (name, make) => {
  const server = running(make);
  const echo = (text: string): Promise<Got> =>
    send(server.port, { body: JSON.stringify({ fn: "echo", args: { text } }) });

  test("answers calls and reads, with the lengths it says", async () => {
    expect(await echo("é☃😀")).toMatchObject({ status: 200, text: '{"result":{"result":"é☃😀"}}' });
    const read = await send(server.port, { method: "GET", path: "/api/mizan/ctx/all/?n=5" });
    expect(read).toMatchObject({ status: 200, text: '{"look":{"result":5}}' });
    const unchanged = await send(server.port, {
      method: "GET",
      path: "/api/mizan/ctx/all?n=5",
      headers: { "if-none-match": String(read.headers["etag"]) },
    });
    expect(unchanged).toMatchObject({ status: 304, text: "" });
    const big = await send(server.port, { body: '{"fn":"big"}' });
    expect(big.headers["content-length"]).toBe(String(Buffer.byteLength(big.text)));
  });
  test("HEAD and OPTIONS have no body", async () => {
    expect(
      await send(server.port, { method: "HEAD", path: "/api/mizan/ctx/all/?n=5" }),
    ).toMatchObject({
      status: 200,
      text: "",
      headers: { "content-length": String('{"look":{"result":5}}'.length) },
    });
    expect(await send(server.port, { method: "OPTIONS" })).toMatchObject({ status: 204, text: "" });
  });
  test("keeps everything below the mount, and nothing beside it", async () => {
    for (const path of [
      "/api/mizan",
      "/api/mizan/",
      "/api/mizan/nope",
      "/api/mizan?x=1",
      "/api/mizan/call/../x",
    ]) {
      const got = await send(server.port, { method: "GET", path });
      expect([path, got.status, JSON.parse(got.text).code]).toEqual([path, 404, "NOT_FOUND"]);
    }
    for (const path of ["http://x/api/mizan/ctx/all/?n=5", "HTTPS://x:8/api/mizan/ctx/all?n=5"]) {
      const got = await send(server.port, { method: "GET", path });
      expect(got).toMatchObject({ status: 200, text: '{"look":{"result":5}}' });
    }
    for (const path of ["/", "/api", "/api/mizanx/call/", "/other"]) {
      expect(await send(server.port, { method: "GET", path })).toMatchObject({
        status: 404,
        text: "the application's own",
      });
    }
  });
  test("reads bodies in pieces", async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, "127.0.0.1");
      let got = "";
      socket.on("data", (chunk) => (got += chunk.toString()));
      socket.on("error", reject);
      socket.on("close", () => resolve(got));
      const pieces = ['{"fn":"ec', 'ho","args":{"text":"\u2603'.slice(0, -1), "\u2603", '"}}'].map(
        (piece) => Buffer.from(piece),
      );
      socket.write(
        "POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
      );
      const next = (): void => {
        const piece = pieces.shift();
        if (piece === undefined) socket.write("0\r\n\r\n");
        else {
          socket.write(`${piece.length.toString(16)}\r\n`);
          socket.write(piece);
          socket.write("\r\n");
          setImmediate(next);
        }
      };
      next();
    });
    expect(text).toContain('{"result":{"result":"☃"}}');
  });
  test("ten megabytes are refused, and the connection's next request answered", async () => {
    const huge = Buffer.alloc(10_000_000, "x");
    const headers = { ...JSON_TYPE, "content-length": String(huge.length) };
    for (const sent of [
      { headers, body: huge },
      { headers: { ...JSON_TYPE, "transfer-encoding": "chunked" }, body: huge },
    ]) {
      const got = await send(server.port, sent);
      expect([got.status, JSON.parse(got.text).code]).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    }
    expect((await echo("still here")).status).toBe(200);
  });
  test("a client that leaves while sending leaves nothing behind", async () => {
    calls.length = 0;
    await Promise.all(
      [0, 10, 40].map(
        (size) =>
          new Promise<void>((resolve) => {
            const socket = connect(server.port, "127.0.0.1", () => {
              socket.write(
                "POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 60\r\n\r\n" +
                  '{"fn":"echo","args":{"text":"half a body"}}'.slice(0, size),
                () => {
                  socket.destroy();
                  resolve();
                },
              );
            });
          }),
      ),
    );
    expect((await echo("whole")).status).toBe(200);
    expect(calls).toEqual(["whole"]);
  });
  test("a handler hears that its client is gone", async () => {
    aborted.length = 0;
    let release = (): void => {};
    wait = () => new Promise((resolve) => (release = resolve));
    const socket = connect(server.port, "127.0.0.1");
    socket.write(
      'POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"fn":"slow"}',
    );
    while (aborted.length === 0) await new Promise(setImmediate);
    socket.destroy();
    await aborted[0];
    release();
    wait = async () => {};
    expect((await echo("next")).status).toBe(200);
  });
  test("a failure anywhere is an envelope", async () => {
    for (const sent of [
      { body: '{"fn":"throws"}' },
      { body: '{"fn":"echo"}', headers: { ...JSON_TYPE, "x-throw": "1" } },
    ]) {
      const got = await send(server.port, sent);
      expect(JSON.parse(got.text)).toMatchObject({ error: true, code: "INTERNAL_ERROR" });
      expect(got.text).not.toContain("secret");
    }
  });
  test("handlers get the framework's own request", async () => {
    expect((await send(server.port, { body: '{"fn":"native"}' })).text).toBe(
      `{"result":{"result":${name.startsWith("Express")}}}`,
    );
  });
});

describe.each([
  ["Express 5", express],
  ["Express 4", express4],
] as const)("%s with body parsers in front", (_, framework) => {
  const parsers: Record<string, () => express.RequestHandler> = {
    json: () => framework.json(),
    "json and forms": () => framework.json(),
    text: () => framework.text({ type: "*/*" }),
    raw: () => framework.raw({ type: "*/*" }),
  };
  const body = JSON.stringify({ fn: "take", args: { scores: { constructor: 1, b: 2 } } });

  describe.each(Object.keys(parsers))("%s", (parser) => {
    const server = running(
      behind(framework, (app) => {
        const middleware = parsers[parser]?.();
        if (middleware) app.use(middleware);
        if (parser === "json and forms") app.use(framework.urlencoded({ extended: true }));
      }),
    );
    test("calls are as they would be without", async () => {
      expect(await send(server.port, { body })).toMatchObject({
        status: 200,
        text: '{"result":{"result":{"scores":{"constructor":1,"b":2},"point":null}}}',
      });
      expect((await send(server.port, { body: "" })).text).toContain("Request body required");
      expect((await send(server.port, { body: "[]" })).text).toContain(
        "must be an object, not array",
      );
      expect(
        (await send(server.port, { headers: { "content-type": "text/plain" }, body })).status,
      ).toBe(415);
      const form = { "content-type": "application/x-www-form-urlencoded" };
      expect((await send(server.port, { headers: form, body: "fn=take" })).status).toBe(415);
    });
    test.each([
      ["a number", "5", 400, "Request body must be an object, not number"],
      ["null", "null", 400, "Request body must be an object, not null"],
      ["a boolean", " true", 400, "Request body must be an object, not boolean"],
      ["a text", '"x"', 400, "Request body must be an object, not string"],
      ["broken JSON", "{", 400, "Invalid JSON in request body"],
      ["white space", " ", 400, "Invalid JSON in request body"],
      ["an empty object", "{}", 400, "Missing 'fn' field"],
      [
        "an infinite number",
        '{"fn":"take","args":{"point":{"x":1e999}}}',
        422,
        "Input validation failed",
      ],
      [
        "a repeated key",
        '{"fn":"take","args":{"scores":{"a":1,"a":"x"}}}',
        422,
        "Input validation failed",
      ],
      [
        "one level too deep",
        `{"fn":"take","args":{"x":${"[".repeat(63)}${"]".repeat(63)}}}`,
        400,
        "Request body is nested deeper than 64",
      ],
      [
        "thousands of levels too deep",
        `{"fn":"take","args":${"[".repeat(5000)}${"]".repeat(5000)}}`,
        400,
        "Request body is nested deeper than 64",
      ],
      [
        "deep enough",
        `{"fn":"take","args":{"x":${"[".repeat(62)}${"]".repeat(62)}}}`,
        200,
        undefined,
      ],
    ])("%s is answered the same", async (_name, text, status, message) => {
      const got = await send(server.port, { body: text });
      expect([got.status, JSON.parse(got.text).message]).toEqual([status, message]);
    });
  });
  describe("that fail", () => {
    const server = running(
      behind(framework, (app) => {
        app.use(framework.json({ limit: 100 }));
        app.use("/api/mizan", (req, _res, next) => {
          const status = Number(req.headers["x-fail"]);
          const expose = req.headers["x-expose"] !== undefined;
          next(status ? Object.assign(new Error("no database"), { status, expose }) : undefined);
        });
      }),
    );
    test("are answered in the envelope", async () => {
      const cases: [Sent, number, string][] = [
        [{ body: '{"fn":' }, 400, "BAD_REQUEST"],
        [{ body: JSON.stringify({ fn: "x".repeat(200) }) }, 413, "PAYLOAD_TOO_LARGE"],
        [
          { body: "x", headers: { ...JSON_TYPE, "content-encoding": "br2" } },
          415,
          "UNSUPPORTED_MEDIA_TYPE",
        ],
        [
          { body: "x", headers: { "content-type": "application/json; charset=latin9" } },
          415,
          "UNSUPPORTED_MEDIA_TYPE",
        ],
      ];
      for (const [sent, status, code] of cases) {
        const got = await send(server.port, sent);
        expect([got.status, JSON.parse(got.text).code]).toEqual([status, code]);
      }
    });
    test("are answered after the checks that come first", async () => {
      const bad = { body: '{"fn":' };
      const cases: [Sent, number][] = [
        [{ ...bad, path: "/api/mizan/nope" }, 404],
        [{ ...bad, method: "PUT" }, 405],
        [{ ...bad, headers: { ...JSON_TYPE, "x-mizan-token": "x" } }, 401],
        [{ ...bad, headers: { ...JSON_TYPE, origin: "https://evil.example" } }, 403],
        // Compressed bodies are refused for what they are, broken ones too.
        [{ ...bad, headers: { ...JSON_TYPE, "content-encoding": "gzip" } }, 415],
        [
          {
            body: Buffer.from("1f8b08", "hex"),
            headers: { ...JSON_TYPE, "content-encoding": "gzip" },
          },
          415,
        ],
      ];
      for (const [sent, status] of cases) {
        const got = await send(server.port, sent);
        expect([sent, got.status, JSON.parse(got.text).error]).toEqual([sent, status, true]);
      }
    });
    test.each([
      ["400", "BAD_REQUEST", "Bad Request"],
      ["401", "UNAUTHORIZED", "Unauthorized"],
      ["403", "FORBIDDEN", "Forbidden"],
      ["404", "NOT_FOUND", "Not Found"],
      ["429", "BAD_REQUEST", "Too Many Requests"],
      ["500", "INTERNAL_ERROR", "An internal error occurred"],
      ["503", "INTERNAL_ERROR", "An internal error occurred"],
      ["200", "INTERNAL_ERROR", "An internal error occurred"],
    ])("in an application's own middleware have its status %s", async (status, code, message) => {
      lines.length = 0;
      const headers = { ...JSON_TYPE, "x-fail": status };
      const got = await send(server.port, { body: '{"fn":"slow"}', headers });
      const { error, ...rest } = JSON.parse(got.text);
      expect([error, rest.code, rest.message]).toEqual([true, code, message]);
      expect(got.status).toBe(code === "INTERNAL_ERROR" ? 500 : Number(status));
      expect(lines.map(({ message: line }) => line)).toEqual(
        code === "INTERNAL_ERROR" ? ["mizan: a request failed"] : [],
      );
      const exposed = { ...headers, "x-expose": "1" };
      const told = await send(server.port, { body: '{"fn":"slow"}', headers: exposed });
      expect(JSON.parse(told.text).message).toBe(
        code === "INTERNAL_ERROR" ? message : "no database",
      );
    });
  });
});

describe.each([
  ["Express 5", express],
  ["Express 4", express4],
] as const)("%s with a reader in front that is no parser", (_, framework) => {
  let counted = 0;
  const readers: Record<string, express.RequestHandler> = {
    counts: (req, _res, next) => {
      req.on("data", (piece: Buffer | string) => (counted += piece.length));
      next();
    },
    "counts characters": (req, res, next) => {
      req.setEncoding("utf8");
      readers["counts"]?.(req, res, next);
    },
    decodes: (req, _res, next) => {
      req.setEncoding("utf8");
      next();
    },
    takes: (req, _res, next) => req.once("end", next).resume(),
  };
  const server = running(
    behind(framework, (app) => {
      app.use((req, res, next) => readers[String(req.headers["x-front"])]?.(req, res, next));
    }),
  );
  // Large enough to come in pieces, some of which end within a character.
  const text = "é☃😀".repeat(20_000);
  const body = Buffer.from(JSON.stringify({ fn: "echo", args: { text } }));
  const parts = '--B\r\nContent-Disposition: form-data; name="fn"\r\n\r\nslow\r\n--B--\r\n';

  test.each([
    ["counts", body.length],
    ["counts characters", body.toString().length],
    ["decodes", 0],
  ])("that %s leaves a call to us", async (front, count) => {
    const headers = { ...JSON_TYPE, "x-front": front };
    counted = 0;
    expect(await send(server.port, { headers, body })).toMatchObject({
      status: 200,
      text: JSON.stringify({ result: { result: text } }),
    });
    expect(counted).toBe(count);
    expect((await send(server.port, { headers, body: "" })).text).toContain(
      "Request body required",
    );
  });
  test("that counts does not raise the limit", async () => {
    const headers = { ...JSON_TYPE, "x-front": "counts", "transfer-encoding": "chunked" };
    const got = await send(server.port, { headers, body: Buffer.alloc(2_000_000, "x") });
    expect(got.status).toBe(413);
  });
  test.each([
    ["takes", "a call", JSON_TYPE, body],
    ["takes", "a form", { "content-type": "multipart/form-data; boundary=B" }, parts],
    ["decodes", "a form", { "content-type": "multipart/form-data; boundary=B" }, parts],
  ])("that %s %s is told of in the log", async (front, _what, type, sent) => {
    lines.length = 0;
    const headers = { ...type, "x-front": front };
    expect((await send(server.port, { headers, body: sent })).status).toBe(500);
    const message = expect.stringContaining("read before it reached Mizan");
    expect(lines).toMatchObject([{ fields: { error: expect.objectContaining({ message }) } }]);
  });
  test("of nothing takes nothing", async () => {
    const headers = { ...JSON_TYPE, "x-front": "takes" };
    expect((await send(server.port, { headers, body: "" })).text).toContain(
      "Request body required",
    );
  });
});

describe.each([
  ["Express 5", express],
  ["Express 4", express4],
] as const)("%s behind a proxy", (_, framework) => {
  const trusting = running(behind(framework, (app) => app.set("trust proxy", "loopback")));
  const wary = running(behind(framework));
  const proxied = { "x-forwarded-host": "outside.example", "x-forwarded-proto": "https" };
  const from = (origin: string) => ({
    headers: { ...JSON_TYPE, ...proxied, origin },
    body: '{"fn":"slow"}',
  });

  test("is believed only where the application says so", async () => {
    expect((await send(trusting.port, from("https://outside.example"))).status).toBe(200);
    expect((await send(trusting.port, from("http://outside.example"))).status).toBe(403);
    expect((await send(wary.port, from("https://outside.example"))).status).toBe(403);
  });
  test("that forwards no host leaves the one that was asked", async () => {
    for (const forwarded of ["", " ", " , inside.example"]) {
      const headers = { ...JSON_TYPE, "x-forwarded-host": forwarded, host: "own.example" };
      const own = { headers: { ...headers, origin: "http://own.example" }, body: '{"fn":"slow"}' };
      expect([forwarded, (await send(trusting.port, own)).status]).toEqual([forwarded, 200]);
    }
  });
});

describe.each([
  ["Express 5", express],
  ["Express 4", express4],
])("%s: layers in front", (_, make) => {
  let wrap: express.RequestHandler;
  const server = running(() => {
    const mizan = serverOf(
      {
        contexts: [{ name: "all", functions: ["look"] }],
        functions: [
          { name: "look", context: "all", output: integer() },
          { name: "enter" },
          { name: "leave" },
        ],
      },
      {
        look: () => 1,
        enter: (_input: object, { res }: { res: { append(name: string, value: string): void } }) =>
          res.append("set-cookie", "ours=1"),
        leave: () => null,
      },
      { csrf: false },
    );
    const app = make().use((req, res, next) => wrap(req, res, next));
    return createHttpServer(app.use("/api/mizan", mizan.router));
  });
  const ask = (given: Sent): Promise<Got> => send(server.port, given);

  test("keep the cookies that they set, and what their part varies by", async () => {
    wrap = (_req, res, next) => {
      res.cookie("theirs", "2").vary("Origin").vary("Accept");
      next();
    };
    const call = await ask({ body: JSON.stringify({ fn: "enter" }) });
    expect(call.headers["set-cookie"]).toEqual(["theirs=2; Path=/", "ours=1"]);
    const other = await ask({ body: JSON.stringify({ fn: "leave" }) });
    expect(other.headers["set-cookie"]).toEqual(["theirs=2; Path=/"]);
    const read = await ask({ method: "GET", path: "/api/mizan/ctx/all/" });
    expect(read.headers["vary"]).toBe("Origin, Accept");
  });
  test("may wrap write and forget what it answers", async () => {
    wrap = (_req, res, next) => {
      const { write } = res;
      res.write = (...args: never[]) => {
        Reflect.apply(write, res, args);
        return undefined as never;
      };
      next();
    };
    const headers = { accept: "application/x-ndjson" };
    const { text } = await ask({ method: "GET", path: "/api/mizan/ctx/all/", headers });
    expect(text).toContain('"done":true');
  });
});

describe("hostile traffic", () => {
  const server = running(behind(express));

  const random = createRandom(7);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;

  const words = [
    "",
    "fn",
    "args",
    "echo",
    "take",
    "text",
    "__proto__",
    "constructor",
    "point",
    "x",
    "\u0000",
    "\ud800",
    "é",
    "😀",
  ];
  function randomValue(depth: number): unknown {
    switch (below(depth > 0 ? 8 : 6)) {
      case 0:
        return null;
      case 1:
        return random() < 0.5;
      case 2:
        return pick([0, -0, 1, 1.5, 2 ** 53, 1e308, -5]);
      case 6:
        return Array.from({ length: below(4) }, () => randomValue(depth - 1));
      case 7:
        return Object.fromEntries(
          Array.from({ length: below(4) }, () => [pick(words), randomValue(depth - 1)]),
        );
      default:
        return pick(words);
    }
  }
  function randomBody(): Buffer {
    const call = {
      fn: pick(["echo", "take", "look", "throws", ...words]),
      args: randomValue(4),
      [pick(words)]: randomValue(2),
    };
    const text = JSON.stringify(random() < 0.8 ? call : randomValue(4));
    const bytes = Buffer.from(random() < 0.1 ? text.repeat(3) : text);
    for (let change = 0; random() < 0.4 && change < 5; change++) {
      if (bytes.length > 0) bytes[below(bytes.length)] = below(256);
    }
    return random() < 0.1 ? bytes.subarray(0, below(bytes.length + 1)) : bytes;
  }
  const randomRequest = (): Sent => ({
    method: pick(["POST", "POST", "POST", "GET", "PUT", "DELETE", "OPTIONS", "PATCH"]),
    path: `/api/mizan${pick(["/call/", "/call/", "/call/", "/call", "/session/", "/ctx/all/", "/ctx/all", "/ctx/", "/ctx/%FF/", "/%00", "/call/%2e%2e", ""])}${pick(["", "", "?n=5", "?n=%FF", "?%", "?n=1&n=x", "?__proto__=1", "?n[]=1", `?${"n=1&".repeat(500)}`])}`,
    headers: {
      "content-type": pick([
        "application/json",
        "application/json",
        "application/json; charset=utf-16",
        "text/plain",
        "",
        "multipart/form-data",
      ]),
      ...(random() < 0.2 && {
        origin: pick(["null", "https://evil.example", "http://localhost", "x".repeat(500)]),
      }),
      ...(random() < 0.2 && {
        cookie: pick(["csrftoken", "csrftoken=;;;=", "=", "\u00e9=\u00e9"]),
      }),
      ...(random() < 0.1 && { "if-none-match": pick(["*", '"', "W/", ",,,"]) }),
      ...(random() < 0.1 && { "x-mizan-token": pick(["", "x", "\u00ff"]) }),
      ...(random() < 0.1 && { "content-encoding": pick(["gzip", "identity", ""]) }),
    },
    body: randomBody(),
  });

  test("never leaves the envelope, and never stops the server", async () => {
    const rounds = 1200;
    const statuses = new Map<number, number>();
    for (let round = 0; round < rounds; round += 20) {
      const requests = Array.from({ length: 20 }, randomRequest);
      const answers = await Promise.all(
        requests.map((sent) =>
          send(server.port, sent.method === "GET" ? { ...sent, body: "" } : sent),
        ),
      );
      for (const [index, got] of answers.entries()) {
        statuses.set(got.status, (statuses.get(got.status) ?? 0) + 1);
        if ([204, 304].includes(got.status)) {
          expect(got.text).toBe("");
          continue;
        }
        const body = JSON.parse(got.text);
        const sent = JSON.stringify(requests[index]);
        expect([sent, got.headers["content-type"]]).toEqual([
          sent,
          "application/json; charset=utf-8",
        ]);
        expect(got.text).not.toMatch(/secret|node_modules|\n\s+at /);
        if (got.status === 200) expect(body).not.toHaveProperty("error");
        else {
          const codes =
            "BAD_REQUEST|UNAUTHORIZED|FORBIDDEN|NOT_FOUND|UNSUPPORTED_MEDIA_TYPE|VALIDATION_ERROR|INTERNAL_ERROR";
          expect([sent, body]).toEqual([
            sent,
            expect.objectContaining({
              error: true,
              code: expect.stringMatching(`^(${codes})$`),
              message: expect.any(String),
            }),
          ]);
          // Only the handler that throws may fail: nothing a client sends is an internal error.
          if (got.status === 500) expect(sent).toContain("throws");
        }
      }
    }
    // The traffic reached every depth of the server.
    expect([...statuses.keys()]).toEqual(
      expect.arrayContaining([200, 204, 400, 401, 403, 404, 405, 415, 422]),
    );
    expect({}).not.toHaveProperty("polluted");
  });
  test("a body without end is cut off", async () => {
    const piece = `100000\r\n${"x".repeat(0x100000)}\r\n`;
    const sent = await new Promise<number>((resolve) => {
      let megabytes = 0;
      const socket = connect(server.port, "127.0.0.1", () => {
        socket.write(
          "POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
        );
        const next = (): void => {
          if (socket.destroyed || megabytes === 200) resolve(megabytes);
          else if (socket.write(piece, () => (megabytes += 1))) setImmediate(next);
          else socket.once("drain", next);
        };
        next();
      });
      socket.on("error", () => resolve(megabytes));
      socket.on("close", () => resolve(megabytes));
      socket.resume();
    });
    expect(sent).toBeGreaterThan(10);
    expect(sent).toBeLessThan(100);
  });
  test("bytes that are no HTTP end at Node's own parser", async () => {
    for (const bytes of [
      "\u0000\u0001\r\n\r\n",
      "GET / HTTP/1.1\r\nX: a\nb\r\n\r\n",
      "POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "\r\n".repeat(1000),
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(server.port, "127.0.0.1", () => socket.end(bytes));
        socket.on("error", () => resolve());
        socket.on("close", () => resolve());
        socket.resume();
      });
    }
    expect((await send(server.port, { body: '{"fn":"slow"}' })).status).toBe(200);
  });
});
