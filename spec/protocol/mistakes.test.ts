/**
 * Mistakes in what an application gives a server: promises that nobody awaits, a cache or an SDK that throws, clients
 * that leave early. None of them ends the process, holds up another request, or goes by without a word.
 */
import type { ServerResponse } from "node:http";
import { connect, createServer as createHttp2Server } from "node:http2";
import { trace } from "@opentelemetry/api";
import { BasicTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { field, file, integer } from "@mizan/runtime/abi/v1/server";
import { memoryCache, type Cache } from "@mizan/runtime/cache";
import { inProcess, nodeListener, type Mizan, type UploadedFile } from "@mizan/runtime/server";
import { listenOn } from "../support/listen.js";
import { ask, call, read, recorder, serverOf } from "./ask.js";
import { listen } from "./sockets.js";

type Ctx = {
  readonly signal: AbortSignal;
  readonly res: ServerResponse & { append(name: string, value: string): void };
  readonly call: Readonly<Record<string, () => Promise<unknown>>>;
  readonly invalidate: { readonly page: () => void };
  identityChanged(): void;
};

const given = {
  contexts: [
    { name: "page", functions: ["count"], cache: { ttl: 60, public: false, scopes: [] } },
    { name: "other", functions: ["look"] },
  ],
  functions: [
    { name: "count", context: "page", output: integer() },
    { name: "look", context: "other", output: integer() },
    { name: "write", affects: [{ context: "page" }] },
    { name: "act" },
    { name: "upload", input: [field("file", file())] },
  ],
  views: [{ name: "form", route: ["form"], methods: ["POST"], input: [] }],
};
/** Of those that a test says nothing about. */
const handlers: object = {
  count: () => 1,
  look: () => 1,
  write: () => null,
  act: () => null,
  upload: () => null,
  form: (_: object, { res }: Ctx) => res.end("done"),
};

const unhandled = jest.fn();
beforeEach(() => {
  unhandled.mockClear();
  process.on("unhandledRejection", unhandled);
});
afterEach(async () => {
  await new Promise(setImmediate);
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe("a cache of the application's own", () => {
  const working: Cache = {
    load: async (_, loader) => {
      const bundle = await loader();
      return bundle && { bundle, hit: false };
    },
    purge: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  const broken = new Error("broken");
  const rejects = (): Promise<never> => Promise.reject(broken);
  const throws = (): never => {
    throw broken;
  };
  const serve = (cache: object, over: object = {}) => {
    const { lines, logger } = recorder();
    const options = { cache: { ...working, ...cache }, logger, handlerTimeoutMs: 40 };
    return { lines, mizan: serverOf(given, { ...handlers, ...over }, options) };
  };

  test.each<[string, object]>([
    ["throws", { load: throws }],
    ["rejects", { load: rejects }],
    [
      "rejects after the load",
      { load: (_: unknown, loader: () => Promise<unknown>) => loader().then(throws) },
    ],
    ["answers nothing", { load: () => undefined }],
  ])("whose load %s is done without, and told of", async (_, cache) => {
    let runs = 0;
    const { lines, mizan } = serve(cache, { count: () => ++runs });
    expect(await read(mizan, "page")).toMatchObject({
      status: 200,
      json: { count: { result: 1 } },
      headers: { "x-mizan-cache": "MISS" },
    });
    expect(lines).toMatchObject([
      {
        level: "error",
        message: expect.stringMatching(/^mizan: cache.load failed/),
        fields: { context: "page" },
      },
    ]);
  });
  test("may be asynchronous by promises of its own, and reject as its loader did", async () => {
    const { lines, mizan } = serve({
      load: (entry: never, loader: () => Promise<never>) => ({
        // oxlint-disable-next-line unicorn/no-thenable -- as old libraries of promises make them
        then: (resolve: () => void, reject: () => void) =>
          void Promise.resolve(working.load(entry, loader)).then(resolve, reject),
      }),
    });
    expect((await read(mizan, "page")).status).toBe(200);
    const failing = serve({}, { count: throws });
    expect((await read(failing.mizan, "page")).status).toBe(500);
    expect(lines).toEqual([]);
    expect(failing.lines).toMatchObject([{ message: "mizan: count failed" }]);
  });

  describe.each<[string, () => unknown]>([
    ["throws", throws],
    ["rejects", rejects],
  ])("whose purge %s", (_, purge) => {
    const told = {
      level: "error",
      message: expect.stringMatching(/^mizan: cache.purge failed/),
      fields: { contexts: ["page"], error: broken },
    };
    test("fails no call, and is told of", async () => {
      const { lines, mizan } = serve({ purge });
      expect(await call(mizan, "write")).toMatchObject({
        status: 200,
        json: { invalidate: ["page"] },
      });
      expect(lines).toMatchObject([told]);
    });
    test("holds up no view", async () => {
      const form = (_: object, { invalidate, res }: Ctx): void => {
        invalidate.page();
        res.end("done");
      };
      const { lines, mizan } = serve({ purge }, { form });
      const { port, stop } = await listen(mizan);
      const answer = await fetch(`http://127.0.0.1:${port}/form`, { method: "POST" });
      expect(await answer.text()).toBe("done");
      await stop();
      expect(lines).toMatchObject([told]);
    });
    test("is told of where nobody waits for it", async () => {
      const act = (_: object, { invalidate }: Ctx): Promise<never> => {
        invalidate.page();
        return new Promise(() => undefined);
      };
      const { lines, mizan } = serve({ purge }, { act });
      expect((await call(mizan, "act")).status).toBe(500);
      await settled();
      expect(lines.slice(1)).toMatchObject([told]);
    });
  });

  test("that does not close lets the server close", async () => {
    const { lines, mizan } = serve({ close: rejects });
    await mizan.close();
    expect(lines).toMatchObject([{ level: "error", message: "mizan: cache.close failed" }]);
  });
});

describe("what is said when the answer is out", () => {
  test("of headers and of who is signed in is told of", async () => {
    const { lines, logger } = recorder();
    let later = (): void => undefined;
    const act = (_: object, ctx: Ctx): void => {
      const { res } = ctx;
      later = () => (res.append("Set-Cookie", "a=b"), ctx.identityChanged());
    };
    const mizan = serverOf(given, { ...handlers, act, look: act }, { logger });
    await call(mizan, "act");
    later();
    const message = (said: string) => expect.stringMatching(`^mizan: act ${said} after its answer`);
    expect(lines).toMatchObject([
      { level: "warn", message: message("set the header Set-Cookie") },
      { level: "warn", message: message("said that the identity changed") },
    ]);
  });
  test("by a view, too", async () => {
    const { lines, logger } = recorder();
    let later = (): void => undefined;
    const form = (_: object, ctx: Ctx): void => {
      later = () => ctx.identityChanged();
      ctx.res.end("done");
    };
    const { port, stop } = await listen(serverOf(given, { ...handlers, form }, { logger }));
    await fetch(`http://127.0.0.1:${port}/form`, { method: "POST" });
    await stop();
    later();
    expect(lines).toMatchObject([
      { message: expect.stringMatching(/^mizan: form said that the id/) },
    ]);
  });
  test("by what a read called is taken out of the cache, and told of", async () => {
    const { lines, logger } = recorder();
    let finish = (): void => undefined;
    const finished = new Promise<void>((resolve) => (finish = resolve));
    const mizan = serverOf(
      given,
      {
        ...handlers,
        write: () => finished,
        look: (_: object, ctx: Ctx) => (void ctx.call["write"]?.(), 1),
      },
      { logger },
    );
    await read(mizan, "page");
    expect((await read(mizan, "other")).status).toBe(200);
    finish();
    await settled();
    expect((await read(mizan, "page")).headers["x-mizan-cache"]).toBe("MISS");
    expect(lines).toMatchObject([
      { level: "warn", message: expect.stringMatching(/^mizan: look said what became stale/) },
      { level: "error", fields: { error: { message: "look only reads, but it called write" } } },
    ]);
  });
  test("by a read that fails for what it called is taken out, too", async () => {
    const look = async (_: object, ctx: Ctx) => (await ctx.call["write"]?.(), 1);
    const mizan = serverOf(given, { ...handlers, look });
    await read(mizan, "page");
    expect((await read(mizan, "other")).status).toBe(500);
    expect((await read(mizan, "page")).headers["x-mizan-cache"]).toBe("MISS");
  });
});

test("a file that nobody waited for is told of, and ends no process", async () => {
  const { lines, logger } = recorder();
  let later = (): void => undefined;
  const upload = ({ file: given }: { readonly file: UploadedFile }): void => {
    later = () => {
      void given.bytes();
      void given.text();
      void given.saveTo("/nowhere/at/all");
      given.stream().resume();
    };
  };
  const mizan = serverOf(given, { ...handlers, upload }, { logger });
  const lineEnd = "\r\n";
  const part = (name: string, text: string) =>
    ["--b", `Content-Disposition: form-data; ${name}`, "", text, ""].join(lineEnd);
  await ask(mizan, {
    method: "POST",
    path: "/call/",
    headers: { "content-type": "multipart/form-data; boundary=b" },
    body: `${part('name="fn"', "upload")}${part('name="file"; filename="a"', "abc")}--b--${lineEnd}`,
  });
  expect(lines).toEqual([]);
  later();
  await settled();
  const told = {
    level: "error",
    message: expect.stringMatching(/^mizan: upload was not done with a file/),
  };
  expect(lines).toMatchObject([told, told, told, told]);
});

test("what a view sends wrongly while its answer is held is told of", async () => {
  const { lines, logger } = recorder();
  const form = (_: object, { invalidate, res }: Ctx): void => {
    invalidate.page();
    Reflect.apply(res.end, res, [5]);
  };
  const { port, stop } = await listen(serverOf(given, { ...handlers, form }, { logger }));
  await expect(fetch(`http://127.0.0.1:${port}/form`, { method: "POST" })).rejects.toThrow();
  await stop();
  expect(lines).toMatchObject([
    {
      level: "error",
      message: "mizan: form failed",
      fields: { error: { code: "ERR_INVALID_ARG_TYPE" } },
    },
  ]);
});

test("a read whose sender was found out too late holds up nobody who asks for the same", async () => {
  let isFirst = true;
  let found = (): void => undefined;
  const sender = new Promise<null>((resolve) => (found = () => resolve(null)));
  const mizan = serverOf(
    given,
    {
      ...handlers,
      count: () => {
        if (!isFirst) return 2;
        isFirst = false;
        return new Promise(() => undefined);
      },
    },
    { handlerTimeoutMs: 40, authenticate: () => (isFirst ? sender : null) },
  );
  expect((await read(mizan, "page")).status).toBe(500);
  found();
  await settled();
  expect(isFirst).toBe(false);
  expect((await read(mizan, "page")).json).toEqual({ count: { result: 2 } });
});

describe("ctx.signal of a client that has left", () => {
  test("is aborted in the same process, though it is asked for later", async () => {
    let go = (): void => undefined;
    const gone = new Promise<void>((resolve) => (go = resolve));
    let isAborted: boolean | null = null;
    const look = async (_: object, ctx: Ctx): Promise<number> => {
      await gone;
      isAborted = ctx.signal.aborted;
      return 1;
    };
    const controller = new AbortController();
    const { signal } = controller;
    const reading = inProcess(serverOf(given, { ...handlers, look })).fetch(
      "other",
      {},
      { headers: {}, onSend: () => undefined, signal },
    );
    controller.abort();
    go();
    await reading;
    expect(isAborted).toBe(true);
  });
  test("is aborted over HTTP/2", async () => {
    let begun = (): void => undefined;
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    let aborted = (): void => undefined;
    const abortion = new Promise<void>((resolve) => (aborted = resolve));
    const look = (_: object, { signal }: Ctx): Promise<never> => {
      signal.addEventListener("abort", aborted);
      begun();
      return new Promise(() => undefined);
    };
    const mizan: Mizan = serverOf(given, { ...handlers, look });
    const answer = nodeListener(mizan);
    const server = createHttp2Server((req, res) => Reflect.apply(answer, undefined, [req, res]));
    const client = connect(`http://127.0.0.1:${await listenOn(server)}`);
    const stream = client.request({ ":path": "/api/mizan/ctx/other/" });
    await beginning;
    stream.close();
    await abortion;
    client.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
});

test("a span processor that throws fails no request", async () => {
  const fails = (): never => {
    throw new Error("broken");
  };
  const done = (): Promise<void> => Promise.resolve();
  for (const over of [{ onStart: fails }, { onEnd: fails }]) {
    const { lines, logger } = recorder();
    const processor: SpanProcessor = {
      onStart: () => undefined,
      onEnd: () => undefined,
      forceFlush: done,
      shutdown: done,
      ...over,
    };
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [processor] }));
    const mizan = serverOf(given, handlers, { logger });
    await call(mizan, "write");
    await settled();
    lines.length = 0;
    expect((await call(mizan, "write")).status).toBe(200);
    expect(lines).toContainEqual(expect.objectContaining({ message: "mizan: tracing failed" }));
    trace.disable();
  }
});

test("loggers and listeners may answer promises of whatever make", async () => {
  // oxlint-disable-next-line unicorn/no-thenable -- as old libraries of promises make them
  const failing = { then: (_: unknown, reject: (error: Error) => void) => reject(new Error("no")) };
  const log = (): unknown => failing;
  const { lines, logger } = recorder();
  const loud = serverOf(given, handlers, { logger, onRequest: log });
  await call(loud, "act");
  await settled();
  expect(lines).toMatchObject([{ message: "mizan: onRequest failed" }]);
});

test("a cache says once of each context that it is too large to be kept", async () => {
  const { lines, logger } = recorder();
  const mizan = serverOf(given, handlers, { logger, cache: memoryCache({ maxEntryBytes: 1 }) });
  await read(mizan, "page");
  await read(mizan, "page");
  expect(lines).toMatchObject([
    {
      level: "warn",
      message: expect.stringMatching(/context page is larger .* maxEntryBytes/),
      fields: { max_entry_bytes: 1 },
    },
  ]);
});
