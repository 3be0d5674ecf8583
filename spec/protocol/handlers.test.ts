/** What handlers get, what a server needs before it starts, and how it stops. */
import {
  createServer,
  field,
  integer,
  string,
  type ServerOptions,
} from "@mizan/runtime/abi/v1/server";
import { DeclaredError, type Mizan } from "@mizan/runtime/server";
import { call, contractOf, read, recorder, serverOf, ask } from "./ask.js";

/** The whole `ctx`, as a handler without generated types sees it. */
type Ctx = {
  user: unknown;
  req: { headers: Record<string, string> };
  res: { set(name: string, value: string): void; append(name: string, value: string): void };
  signal: AbortSignal;
  log: { info(message: string, fields?: object): void };
  errors: Record<string, (details?: object) => Error>;
  call: Record<string, (args?: object) => Promise<unknown>>;
  app: unknown;
  requestId: string;
  notImplemented(): Error;
};
const run = (
  handler: (ctx: Ctx) => unknown,
  options: ServerOptions = {},
): Promise<{ status: number }> =>
  call(
    serverOf(
      { functions: [{ name: "run" }] },
      { run: (_: unknown, ctx: Ctx) => handler(ctx) },
      options,
    ),
    "run",
  );

describe("ctx", () => {
  test("holds the request, the user and what the application made of both", async () => {
    let got: unknown;
    const options = {
      authenticate: () => ({ id: 7 }),
      context: async (_: unknown, user: unknown) => ({ tenant: user }),
    } as unknown as ServerOptions;
    await run(({ user, app, req, requestId }) => {
      got = { user, app, req, requestId };
    }, options);
    expect(got).toEqual({
      user: { id: 7 },
      app: { tenant: { id: 7 } },
      req: { headers: expect.objectContaining({ "content-type": "application/json" }) },
      requestId: expect.stringMatching(/^[\da-f-]{36}$/),
    });
  });
  test("logs with function and request", async () => {
    const { lines, logger } = recorder();
    await run(({ log, requestId }) => log.info("hello", { size: requestId.length }), { logger });
    expect(lines).toContainEqual({
      level: "info",
      message: "hello",
      fields: { fn: "run", request_id: expect.any(String), size: 36 },
    });
  });
  test("a logger that fails fails no request", async () => {
    const broken = () => {
      throw new Error("disk full");
    };
    const unhandled = jest.fn();
    process.on("unhandledRejection", unhandled);
    for (const fail of [broken, async () => broken()]) {
      const logger = { debug: fail, info: fail, warn: fail, error: fail };
      expect((await run(({ log }) => log.info("x"), { logger })).status).toBe(200);
      expect((await run(() => broken(), { logger })).status).toBe(500);
    }
    await new Promise(setImmediate);
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
  test("sets headers, but none that is Mizan's or no header", async () => {
    expect(
      await run(({ res }) => {
        res.set("X-One", "1");
        res.set("x-one", "2");
      }),
    ).toMatchObject({ status: 200, headers: { "x-one": "2" } });
    for (const [name, value] of [
      ["X-Evil", "1\r\nSet-Cookie: a=b"],
      ["X Evil", "1"],
      ["", "1"],
      ["X-Evil", "\u0000"],
      ["Content-Length", "5"],
      ["content-type", "text/html"],
      ["Transfer-Encoding", "chunked"],
      ["ETag", '"x"'],
      ["x-mizan-invalidate", "user"],
    ] as const) {
      const { status } = await run(({ res }) => res.append(name, value));
      expect([name, status]).toEqual([name, 500]);
    }
  });
  test("makes declared errors that are errors", async () => {
    let made: unknown;
    await call(
      serverOf(
        {
          errors: [{ name: "Gone", code: "GONE", status: 410, message: "Gone", fields: [] }],
          functions: [{ name: "run", errors: ["Gone"] }],
        },
        { run: (_: unknown, { errors }: Ctx) => void (made = errors["Gone"]?.()) },
      ),
      "run",
    );
    expect(made).toBeInstanceOf(DeclaredError);
    expect(made).toMatchObject({ code: "GONE", message: "Gone", stack: expect.any(String) });
  });
});

describe("ctx.call", () => {
  const ids: unknown[] = [];
  const mizan = serverOf(
    {
      errors: [{ name: "Gone", code: "GONE", status: 410, message: "Gone", fields: [] }],
      functions: [
        {
          name: "caller",
          input: [field("fn", string()), field("n", integer(), { omittable: true, default: 1 })],
          errors: ["Gone"],
        },
        {
          name: "doubled",
          input: [field("n", integer()), field("by", integer(), { omittable: true, default: 2 })],
          output: integer(),
          private: true,
        },
        { name: "staff", guard: { role: "staff" } },
        { name: "even", input: [field("n", integer())], guard: { predicate: "is_even" } },
        { name: "gone", errors: ["Gone"] },
        { name: "stub" },
        { name: "needy", input: [field("text", string())] },
      ],
    },
    {
      caller: async ({ fn, n }: { fn: string; n: number }, ctx: Ctx) =>
        void ids.push(await ctx.call[fn]?.({ n })),
      doubled: ({ n, by }: { n: number; by: number }) => n * by,
      staff: () => null,
      even: () => null,
      gone: (_: unknown, { errors }: Ctx) => {
        throw errors["Gone"]?.();
      },
      stub: (_: unknown, ctx: Ctx) => {
        throw ctx.notImplemented();
      },
      needy: () => null,
    },
    {
      authenticate: ({ headers }) => (headers["x-user"] ? { id: 1, isStaff: true } : null),
      predicates: { is_even: ({ input }: { input: { n: number } }) => input.n % 2 === 0 },
    },
  );

  test("runs another function, a private one too, with its defaults", async () => {
    ids.length = 0;
    expect((await call(mizan, "caller", { fn: "doubled", n: 4 })).status).toBe(200);
    expect(ids).toEqual([8]);
  });
  test.each<[string, object, object, number, string]>([
    ["a guard", { fn: "staff" }, {}, 401, "UNAUTHORIZED"],
    ["a guard that is passed", { fn: "staff" }, { "x-user": "sam" }, 200, ""],
    ["a predicate", { fn: "even", n: 3 }, {}, 403, "FORBIDDEN"],
    ["a predicate that is passed", { fn: "even", n: 4 }, {}, 200, ""],
    ["a declared error", { fn: "gone" }, {}, 410, "GONE"],
    ["a stub", { fn: "stub" }, {}, 501, "NOT_IMPLEMENTED"],
    ["an input that is the caller's fault", { fn: "needy" }, {}, 500, "INTERNAL_ERROR"],
  ])("meets %s", async (_, args, headers, status, code) => {
    const answer = await call(mizan, "caller", args, headers as Record<string, string>);
    expect(answer).toMatchObject(code === "" ? { status } : { status, json: { code } });
  });
});

test("a ctx.call that nobody awaits ends no process; one that outlives its caller is logged", async () => {
  const { lines, logger } = recorder();
  const unhandled = jest.fn();
  process.on("unhandledRejection", unhandled);
  let fail: (error: Error) => void = () => undefined;
  const slow = new Promise<never>((_, reject) => (fail = reject));
  const mizan = serverOf(
    {
      functions: [{ name: "run" }, { name: "slow" }, { name: "owned", guard: { predicate: "no" } }],
    },
    {
      run: (_: unknown, ctx: Ctx) => void (ctx.call["owned"]?.(), ctx.call["slow"]?.()),
      slow: () => slow,
      owned: () => null,
    },
    { logger, predicates: { no: () => false } },
  );
  expect((await call(mizan, "run")).status).toBe(200);
  await new Promise(setImmediate);
  lines.length = 0;
  fail(new Error("afterwards"));
  await new Promise(setImmediate);
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
  expect(lines).toMatchObject([
    { level: "error", message: "mizan: slow failed", fields: { error: { message: "afterwards" } } },
  ]);
});

describe("starting", () => {
  const contract = contractOf({
    functions: [
      { name: "one", guard: { role: "required" } },
      { name: "toString" },
      { name: "three", guard: { predicate: "is_three" } },
      { name: "four", guard: { predicate: "constructor" } },
    ],
  });
  const whole = { one: () => null, toString: () => "", three: () => null, four: () => null };
  const predicates = { is_three: () => true, constructor: () => true };
  const start = (handlers: object, options: object): Mizan =>
    createServer(contract, handlers, { logger: recorder().logger, ...options } as ServerOptions);

  test("names everything that is missing at once", () => {
    expect(() => start({ one: 1 }, { mode: "production" })).toThrow(
      [
        "createMizan cannot start:",
        "  - no handler for the function one",
        "  - no handler for the function toString",
        "  - no handler for the function three",
        "  - no handler for the function four",
        "  - no predicate is_three in the option predicates",
        "  - no predicate constructor in the option predicates",
        "  - no secret: set csrf.secret, or csrf: false without cookies",
      ].join("\n"),
    );
  });
  test.each<[object, RegExp]>([
    [{ csrf: { secret: "short" } }, /csrf\.secret must have at least 16 characters/],
    [{ trustedOrigins: ["app.example"] }, /"app\.example" is no origin like/],
    [{ cors: { origins: ["https://app.example/"] } }, /"https:\/\/app\.example\/" is no origin/],
    [{ cors: { origins: ["*"] } }, /"\*" is no origin/],
    [{ bodyLimit: 0 }, /bodyLimit/],
    [{ bodyLimit: Number.NaN }, /bodyLimit/],
    [{ handlerTimeoutMs: -1 }, /handlerTimeoutMs/],
    [{ headerPrefix: "X Mizan\r\n" }, /headerPrefix/],
  ])("refuses %j", (options, message) => {
    expect(() => start(whole, { predicates, ...options })).toThrow(message);
  });
  test("in development makes a secret, and says so", () => {
    const { lines, logger } = recorder();
    start(whole, { predicates, logger, mode: "development" });
    expect(lines).toContainEqual({
      level: "info",
      message: expect.stringContaining("csrf.secret is not set"),
    });
  });
  test("warns of guards that nobody can pass", () => {
    const { lines, logger } = recorder();
    start(whole, { predicates, logger, csrf: false });
    expect(lines).toEqual([
      { level: "warn", message: expect.stringContaining("without the option authenticate") },
    ]);
  });
  test("takes the mode from the environment", () => {
    const before = process.env["NODE_ENV"];
    try {
      process.env["NODE_ENV"] = "production";
      expect(() => start(whole, { predicates })).toThrow(/no secret/);
      process.env["NODE_ENV"] = "development";
      expect(() => start(whole, { predicates })).not.toThrow();
    } finally {
      process.env["NODE_ENV"] = before;
    }
  });
  test("a definition that contradicts itself is refused", () => {
    const refers = contractOf({
      functions: [{ name: "run", output: { kind: "ref", type: "Nowhere" } }],
    });
    expect(() => createServer(refers, { run: () => null }, { csrf: false })).toThrow(
      /no type Nowhere/,
    );
    const lists = contractOf({ functions: [], contexts: [{ name: "a", functions: ["gone"] }] });
    expect(() => createServer(lists, {}, { csrf: false })).toThrow(/no function gone/);
  });
});

describe("a handler that does not answer", () => {
  test("is given up, told so, and named in the log", async () => {
    const { lines, logger } = recorder();
    let signal: AbortSignal | undefined;
    const answer = await run(
      (ctx) => {
        signal = ctx.signal;
        return new Promise(() => {});
      },
      { logger, handlerTimeoutMs: 20 },
    );
    expect(answer).toMatchObject({ status: 500, json: { code: "INTERNAL_ERROR" } });
    expect(signal?.aborted).toBe(true);
    expect(lines).toContainEqual({
      level: "error",
      message: "mizan: run failed",
      fields: expect.anything(),
    });
  });
  test("has said what it said", async () => {
    const mizan = serverOf(
      {
        contexts: [{ name: "all", functions: [] }],
        functions: [{ name: "run" }],
      },
      {
        run: (_: unknown, { invalidate }: { invalidate: { all(): void } }) => {
          invalidate.all();
          return new Promise(() => {});
        },
      },
      { handlerTimeoutMs: 10 },
    );
    expect(await call(mizan, "run")).toMatchObject({
      status: 500,
      headers: { "x-mizan-invalidate": "all" },
      json: { invalidate: ["all"] },
    });
  });
  test("answers late to nobody", async () => {
    let answerLate: (value: unknown) => void = () => {};
    const mizan = serverOf(
      { functions: [{ name: "run" }] },
      { run: () => new Promise((resolve) => (answerLate = resolve)) },
      { handlerTimeoutMs: 10 },
    );
    expect((await call(mizan, "run")).status).toBe(500);
    answerLate(null);
    await mizan.close();
  });
  test("is told when its client is gone", async () => {
    let leave = (): void => {};
    const aborted: boolean[] = [];
    const mizan = serverOf(
      { functions: [{ name: "run" }] },
      {
        run: async (_: unknown, { signal }: Ctx) => {
          aborted.push(signal.aborted);
          leave();
          aborted.push(signal.aborted);
        },
      },
    );
    await ask(mizan, {
      method: "POST",
      path: "/call/",
      headers: { "content-type": "application/json" },
      body: '{"fn":"run"}',
      onAbort: (listener) => (leave = listener),
    });
    expect(aborted).toEqual([false, true]);
  });
});

describe("closing", () => {
  test("lets requests finish and refuses new ones", async () => {
    let finish: (value: unknown) => void = () => {};
    const mizan = serverOf(
      {
        contexts: [{ name: "all", functions: ["look"] }],
        functions: [{ name: "slow" }, { name: "look", context: "all" }],
      },
      { slow: () => new Promise((resolve) => (finish = resolve)), look: () => null },
    );
    const slow = call(mizan, "slow");
    await new Promise(setImmediate);
    const done: string[] = [];
    const closed = [mizan.close(), mizan.close()].map((each) =>
      each.then(() => done.push("closed")),
    );
    for (const answer of [
      await call(mizan, "slow"),
      await read(mizan, "all"),
      await ask(mizan, { path: "/nope" }),
    ]) {
      expect(answer).toMatchObject({
        status: 503,
        headers: { "retry-after": expect.stringMatching(/^\d+$/), "cache-control": "no-store" },
        json: { error: true, code: "UNAVAILABLE" },
      });
    }
    expect(done).toEqual([]);
    finish(null);
    expect((await slow).status).toBe(200);
    await Promise.all(closed);
    await mizan.close();
  });
  test("an idle server closes at once", async () => {
    await serverOf({ functions: [] }, {}).close();
  });
});
