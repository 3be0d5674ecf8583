/** What an application hears of its requests: events, `Server-Timing`, and the ids that tie them together. */
import type { ServerResponse } from "node:http";
import { memoryCache } from "@mizan/runtime/cache";
import {
  createServer,
  field,
  integer,
  ref,
  string,
  type ServerOptions,
} from "@mizan/runtime/abi/v1/server";
import type { Mizan, RequestEvent } from "@mizan/runtime/server";
import { eventually } from "../support/eventually.js";
import { ask, call, callText, contractOf, read, recorder, serverOf } from "./ask.js";
import { listen, sendOnce, toBytes, Connection, callBytes } from "./sockets.js";

type Ctx = {
  readonly requestId: string;
  readonly call: { readonly rename: (input: object) => Promise<unknown> };
  readonly invalidate: { readonly user: (params?: object) => void };
  readonly errors: { readonly Gone: () => Error };
};

function make(options: Partial<ServerOptions> = {}): { mizan: Mizan; events: RequestEvent[] } {
  const events: RequestEvent[] = [];
  const scopes = [["user_id"]];
  const mizan = serverOf(
    {
      structs: [
        { name: "Profile", fields: [field("user_id", integer()), field("name", string())] },
      ],
      errors: [{ name: "Gone", code: "GONE", status: 410, message: "Gone", fields: [] }],
      contexts: [
        {
          name: "user",
          functions: ["notes", "profile"],
          cache: { ttl: 60, public: false, scopes },
        },
        { name: "faulty", functions: ["fails"] },
      ],
      functions: [
        {
          name: "profile",
          input: [field("user_id", integer())],
          output: ref("Profile"),
          boxed: false,
          context: "user",
        },
        { name: "notes", input: [field("user_id", integer())], output: string(), context: "user" },
        { name: "fails", output: integer(), context: "faulty" },
        {
          name: "rename",
          input: [field("user_id", integer()), field("name", string())],
          output: ref("Profile"),
          boxed: false,
          merges: [
            { context: "user", slot: "profile", params: [["user_id", ["input", "user_id"]]] },
          ],
        },
        { name: "twice", output: integer() },
        { name: "gone", errors: ["Gone"] },
        { name: "throws" },
        { name: "guarded", guard: { role: "required" } },
        { name: "id", output: string() },
      ],
      views: [
        { name: "page", route: ["page"], methods: ["GET", "POST"], input: [], affects: [] },
        { name: "open", route: ["open"], methods: ["GET"], input: [], affects: [] },
        { name: "half", route: ["half"], methods: ["GET"], input: [], affects: [] },
      ],
    },
    {
      profile: ({ user_id }: { user_id: number }) => ({ user_id, name: "Ada" }),
      notes: () => "private words",
      fails: () => Promise.reject(new Error("secret")),
      rename: (input: object) => input,
      twice: async (_: unknown, ctx: Ctx) => {
        await ctx.call.rename({ user_id: 5, name: "Eve" });
        await ctx.call.rename({ user_id: 6, name: "Eve" });
        ctx.invalidate.user({ user_id: 7 });
        return 2;
      },
      gone: (_: unknown, ctx: Ctx) => {
        ctx.invalidate.user();
        throw ctx.errors.Gone();
      },
      throws: () => {
        throw new Error("secret");
      },
      guarded: () => null,
      id: (_: unknown, ctx: Ctx) => ctx.requestId,
      open: (_: unknown, { res }: Ctx & { res: ServerResponse }) => void res.write("open"),
      half: (_: unknown, { res }: Ctx & { res: ServerResponse }) => {
        res.write("half");
        throw new Error("secret");
      },
      page: (_: unknown, ctx: Ctx & { res: { end(text: string): void } }) => {
        ctx.invalidate.user();
        ctx.res.end("page");
      },
    },
    { onRequest: (event) => events.push(event), authenticate: () => null, ...options },
  );
  return { mizan, events };
}

const ran = (name: string, code: string | null = null) => ({
  name,
  durationMs: expect.any(Number),
  code,
});

test("one event per request, each as one line of JSON", async () => {
  const { mizan, events } = make();
  await call(mizan, "rename", { user_id: 5, name: "Ada" });
  await call(mizan, "twice");
  await call(mizan, "gone");
  await call(mizan, "throws");
  await call(mizan, "rename", { user_id: "x" });
  await call(mizan, "guarded");
  await call(mizan, "no_such_function");
  await callText(mizan, "{");
  await read(mizan, "user", "user_id=5");
  await read(mizan, "user", "user_id=5");
  await read(mizan, "faulty");
  await read(mizan, "no_such_context");
  await ask(mizan, { path: "/session/" });
  await ask(mizan, { path: "/nowhere" });
  await ask(mizan, { path: "/call/", method: "PUT" });
  const shown = events.map(({ kind, name, status, code, cache, handlers }) => [
    kind,
    name,
    status,
    code,
    cache,
    handlers.map((each) => each.name).join(" "),
  ]);
  expect(shown).toEqual([
    ["call", "rename", 200, null, null, "rename"],
    ["call", "twice", 200, null, null, "twice"],
    ["call", "gone", 410, "GONE", null, "gone"],
    ["call", "throws", 500, "INTERNAL_ERROR", null, "throws"],
    ["call", "rename", 422, "VALIDATION_ERROR", null, ""],
    ["call", "guarded", 401, "UNAUTHORIZED", null, ""],
    ["call", null, 404, "NOT_FOUND", null, ""],
    ["call", null, 400, "BAD_REQUEST", null, ""],
    ["context", "user", 200, null, "MISS", "notes profile"],
    ["context", "user", 200, null, "HIT", ""],
    ["context", "faulty", 500, "INTERNAL_ERROR", null, "fails"],
    ["context", null, 404, "NOT_FOUND", null, ""],
    ["session", null, 200, null, null, ""],
    ["other", null, 404, "NOT_FOUND", null, ""],
    ["call", null, 405, "BAD_REQUEST", null, ""],
  ]);
  expect(events[0]).toEqual({
    kind: "call",
    name: "rename",
    method: "POST",
    status: 200,
    code: null,
    durationMs: expect.any(Number),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    cache: null,
    invalidated: [],
    merged: ["user.profile"],
    handlers: [ran("rename")],
    reads: [],
    aborted: false,
  });
  // Whatever a function that was called did is its caller's doing; what failed keeps what it said.
  expect(events[1]).toMatchObject({ invalidated: ["user"], merged: ["user.profile"] });
  expect(events[2]).toMatchObject({ invalidated: ["user"], handlers: [ran("gone", "GONE")] });
  for (const event of events) {
    const line = JSON.stringify(event);
    expect(JSON.parse(line)).toEqual(event);
    expect(line).not.toMatch(/secret|private words|Ada|Eve|user_id|no_such/);
    expect(event.durationMs).toBeGreaterThanOrEqual(0);
  }
});

test("a stream and a batch are told when they are over, with their reads", async () => {
  const { mizan, events } = make();
  const lines = { accept: "application/x-ndjson" };
  await read(mizan, "user", "user_id=5", lines);
  await read(mizan, "faulty", "", lines);
  await ask(mizan, {
    method: "POST",
    path: "/ctx/",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      contexts: [
        { context: "user", params: { user_id: 5 } },
        { context: "user", params: { user_id: "x" } },
        { context: "nobody's" },
      ],
    }),
  });
  await new Promise(setImmediate);
  expect(
    events.map(({ kind, name, status, code, cache }) => [kind, name, status, code, cache]),
  ).toEqual([
    ["stream", "user", 200, null, "MISS"],
    ["stream", "faulty", 200, "INTERNAL_ERROR", null],
    ["batch", null, 200, null, null],
  ]);
  const reads = events[2]?.reads.map(({ context, cache, code }) => [context, cache, code]) ?? [];
  expect(reads).toHaveLength(3);
  expect(reads).toEqual(
    expect.arrayContaining([
      ["user", "HIT", null],
      ["user", null, "VALIDATION_ERROR"],
      [null, null, "NOT_FOUND"],
    ]),
  );
});

test("views, refusals while closing and errors in front are told too", async () => {
  const { mizan, events } = make();
  const { port, stop } = await listen(mizan);
  await sendOnce(port, toBytes("POST /page"));
  await sendOnce(port, toBytes("PUT /page"));
  const kept = new Connection(port);
  await kept.write(callBytes("id")).next();
  const closing = mizan.close();
  await kept.write(callBytes("id")).next();
  await closing;
  await stop();
  expect(
    events.map(({ kind, name, status, code, invalidated }) => [
      kind,
      name,
      status,
      code,
      invalidated,
    ]),
  ).toEqual([
    ["view", "page", 200, null, ["user"]],
    ["other", null, 405, "BAD_REQUEST", []],
    ["call", "id", 200, null, []],
    ["other", null, 503, "UNAVAILABLE", []],
  ]);
});

test("a client that leaves is told as such", async () => {
  const { mizan, events } = make();
  let leave = (): void => {};
  await ask(mizan, {
    method: "POST",
    path: "/call/",
    headers: { "content-type": "application/json" },
    body: '{"fn":"id"}',
    onAbort: (listener) => (leave = listener),
  }).then(() => leave());
  expect(events[0]?.aborted).toBe(false);
  await ask(mizan, {
    method: "POST",
    path: "/call/",
    headers: { "content-type": "application/json" },
    body: '{"fn":"id"}',
    onAbort: (listener) => listener(),
  });
  expect(events[1]?.aborted).toBe(true);
});

test("a view that the end of the server breaks off is told as such", async () => {
  const { mizan, events } = make();
  const { port, stop } = await listen(mizan);
  const view = new Connection(port);
  view.write(toBytes("GET /open"));
  await eventually(() => expect(view.rest).toContain("open"));
  await mizan.close({ deadlineMs: 0 });
  expect(events).toMatchObject([{ status: 200, code: "UNAVAILABLE", aborted: false }]);
  await stop();
});

test("a view that fails midway is told as such, and not as a client that left", async () => {
  const { mizan, events } = make();
  const { port, stop } = await listen(mizan);
  await expect(sendOnce(port, toBytes("GET /half"))).rejects.toThrow("closed without an answer");
  await eventually(() =>
    expect(events).toMatchObject([
      { kind: "view", status: 200, code: "INTERNAL_ERROR", aborted: false },
    ]),
  );
  await stop();
});

test.each<[string, ServerOptions["onRequest"]]>([
  [
    "throws",
    () => {
      throw new Error("the listener's");
    },
  ],
  ["rejects", async () => Promise.reject(new Error("the listener's"))],
])("a listener that %s fails no request", async (_, onRequest) => {
  const { lines, logger } = recorder();
  const { mizan } = make({ logger, ...(onRequest && { onRequest }) });
  expect(await call(mizan, "id")).toMatchObject({ status: 200 });
  await new Promise(setImmediate);
  expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    "error mizan: onRequest failed",
  ]);
});

describe("request ids", () => {
  test.each([
    "a",
    "0af7651916cd43dd8448eb211c80319c",
    "Root=1-67891233-abc/x:1+~@.",
    "x".repeat(128),
  ])("%s is honoured", async (id) => {
    const { lines, logger } = recorder();
    const { mizan, events } = make({ logger });
    const headers = { "x-request-id": id };
    expect((await call(mizan, "id", {}, headers)).json).toEqual({ result: { result: id } });
    expect((await call(mizan, "throws", {}, headers)).json).toMatchObject({
      details: { request_id: id },
    });
    expect(lines[0]?.fields).toMatchObject({ request_id: id });
    expect(events.map(({ requestId }) => requestId)).toEqual([id, id]);
  });
  test.each([
    "",
    " ",
    "x".repeat(129),
    "a b",
    "a\nb",
    "<script>",
    '"',
    "é",
    "a;b",
    "a,b",
    "\u0000",
  ])("%j is not", async (id) => {
    const { mizan, events } = make();
    const answer = await call(mizan, "throws", {}, { "x-request-id": id });
    expect(events[0]?.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.json).toMatchObject({ details: { request_id: events[0]?.requestId } });
  });
});

describe("Server-Timing", () => {
  const timing = async (mizan: Mizan): Promise<unknown> =>
    (await read(mizan, "user", "user_id=5")).headers["server-timing"];

  test("is for developers, unless somebody wants it", async () => {
    expect(await timing(make({ serverTiming: true }).mizan)).toMatch(
      /^mizan;dur=[\d.]+, auth;dur=[\d.]+, cache;desc=MISS;dur=[\d.]+, (?:notes|profile);dur=[\d.]+, (?:notes|profile);dur=[\d.]+$/,
    );
    for (const [mode, shown] of [
      ["development", true],
      ["production", false],
    ] as const) {
      const contract = contractOf({ functions: [{ name: "ping" }] });
      const mizan = createServer(contract, { ping: () => null }, { csrf: false, mode });
      const { headers } = await call(mizan, "ping");
      expect([mode, headers["server-timing"] !== undefined]).toEqual([mode, shown]);
    }
  });
  test("says when the cache had it, and of views what they took", async () => {
    const { mizan } = make({ serverTiming: true, cache: memoryCache() });
    await timing(mizan);
    expect(await timing(mizan)).toMatch(
      /^mizan;dur=[\d.]+, auth;dur=[\d.]+, cache;desc=HIT;dur=[\d.]+$/,
    );
    const { port, stop } = await listen(mizan);
    const page = await sendOnce(port, toBytes("POST /page"));
    await stop();
    expect(page.headers["server-timing"]).toMatch(/^mizan;dur=[\d.]+, auth;dur=[\d.]+$/);
  });
});
