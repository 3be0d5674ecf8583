/** spec/protocol.md, the server cache: what is kept, for whom, and what takes it out before anybody is told. */
import { deriveCacheKey, memoryCache, type Cache } from "@mizan/runtime/cache";
import {
  field,
  integer,
  json,
  list,
  map,
  optional,
  ref,
  string,
} from "@mizan/runtime/abi/v1/server";
import type { ContextDefinition, ServerOptions } from "@mizan/runtime/abi/v1/server";
import type { Mizan } from "@mizan/runtime/server";
import { ask, call, read, recorder, serverOf, type Answered } from "./ask.js";

type Ctx = {
  user: { id: string | number } | null;
  invalidate: Record<string, (params?: object) => void>;
  merge: Record<string, Record<string, (value: unknown, params?: object) => void>>;
  call: Record<string, (args?: object) => Promise<unknown>>;
  res: { append(name: string, value: string): void };
  signal: AbortSignal;
  errors: Record<string, () => Error>;
  identityChanged(): void;
};

const user_id = field("user_id", integer());
const limit = field("limit", optional(integer()), { omittable: true });
const how = field("how", optional(string()), { omittable: true });
const cached = (extra: object = {}): NonNullable<ContextDefinition["cache"]> => ({
  ttl: 60,
  public: false,
  ...extra,
});

const given = {
  errors: [{ name: "Gone", code: "GONE", status: 410, message: "Gone", fields: [] }],
  contexts: [
    { name: "user", functions: ["orders", "profile"], cache: cached({ scopes: [["user_id"]] }) },
    { name: "mine", functions: ["mine"], cache: cached() },
    { name: "gated", functions: ["gated"], cache: cached() },
    { name: "open", functions: ["open"], cache: cached({ public: true }) },
    { name: "shown", functions: ["shown"], cache: cached({ public: true }) },
    { name: "anew", functions: ["anew"] },
    { name: "paged", functions: ["ten", "two"], cache: cached({ scopes: [["size"]] }) },
    { name: "any", functions: ["any"], cache: cached({ scopes: [["value"]] }) },
    { name: "odd", functions: ["odd"], cache: cached() },
  ],
  functions: [
    { name: "profile", input: [user_id], output: string(), context: "user" },
    { name: "orders", input: [user_id, limit], output: integer(), context: "user" },
    { name: "mine", output: json(), context: "mine", guard: { role: "required" as const } },
    { name: "gated", output: string(), context: "gated", guard: { predicate: "may" } },
    { name: "open", output: json(), context: "open" },
    { name: "shown", input: [how], output: string(), context: "shown" },
    { name: "anew", output: integer(), context: "anew" },
    ...(["ten", "two"] as const).map((name) => ({
      name,
      input: [field("size", integer(), { omittable: true, default: name === "ten" ? 10 : 2 })],
      output: integer(),
      context: "paged",
    })),
    {
      name: "any",
      input: [field("value", optional(json()), { omittable: true })],
      output: json(),
      context: "any",
    },
    { name: "odd", input: [how], output: string(), context: "odd", errors: ["Gone"] },
    {
      name: "rename",
      input: [user_id],
      affects: [{ context: "user", params: [["user_id", ["input", "user_id"]]] as const }],
    },
    {
      name: "put",
      input: [user_id],
      output: string(),
      merges: [
        { context: "user", slot: "profile", params: [["user_id", ["input", "user_id"]]] as const },
      ],
    },
    { name: "touch", affects: [{ function: "orders" }] },
    { name: "say", input: [how, user_id] },
  ],
};

let runs: string[] = [];
let gates: Record<string, Promise<unknown>> = {};
const ran = (name: string): void => void runs.push(name);
const handlers = {
  profile: (input: { user_id: number }) => (ran("profile"), `user ${input.user_id}`),
  orders: (input: { limit: number | null }) => (ran("orders"), input.limit ?? -1),
  mine: (_: object, { user }: Ctx) => (ran("mine"), { id: user?.id }),
  gated: () => (ran("gated"), "secret"),
  open: (_: object, { user }: Ctx) => (ran("open"), user),
  shown: ({ how: wanted }: { how: string | null }, ctx: Ctx) => {
    ran("shown");
    if (wanted === "cookie") ctx.res.append("Set-Cookie", "seen=1");
    if (wanted === "identity") ctx.identityChanged();
    return `${wanted}`;
  },
  anew: () => (ran("anew"), runs.length),
  ten: ({ size }: { size: number }) => (ran("ten"), size),
  two: ({ size }: { size: number }) => size,
  any: ({ value }: { value: unknown }) => (ran("any"), value),
  odd: async ({ how: wanted }: { how: string | null }, ctx: Ctx) => {
    ran("odd");
    const mine = runs.length;
    if (wanted === "cookie") ctx.res.append("Set-Cookie", `run=${mine}`);
    if (wanted === "identity") ctx.identityChanged();
    if (wanted === "signal") void ctx.signal;
    await gates[wanted ?? ""];
    if (wanted === "gone") throw ctx.errors["Gone"]?.();
    if (wanted === "broken") throw new Error("broken");
    if (wanted === "signal" && ctx.signal.aborted) throw new Error("told to stop");
    return `${wanted} ${mine}`;
  },
  rename: () => {},
  put: () => "put",
  touch: () => {},
  say: async ({ how: wanted, user_id: id }: { how: string; user_id: number }, ctx: Ctx) => {
    if (wanted.startsWith("user")) ctx.invalidate["user"]?.({ user_id: id });
    if (wanted === "unforeseen") ctx.invalidate["user"]?.({ limit: 1 });
    if (wanted === "narrower") ctx.invalidate["user"]?.({ user_id: id, limit: 1 });
    if (wanted === "merge") ctx.merge["user"]?.["profile"]?.("x", { user_id: id });
    if (wanted === "call") await ctx.call["rename"]?.({ user_id: id });
    if (wanted === "uncached") ctx.invalidate["anew"]?.();
    if (wanted.endsWith("fails")) throw new Error("afterwards");
    await gates["say"];
  },
};

const serve = (options: ServerOptions = {}): Mizan =>
  serverOf(given, handlers, {
    // In development answers tell how long they took.
    mode: "production",
    authenticate: ({ headers }) =>
      typeof headers["x-user"] === "string" ? { id: headers["x-user"] } : null,
    predicates: { may: ({ user }: { user: { id: string } | null }) => user?.id === "ada" },
    ...options,
  });

const as = (user: string): Record<string, string> => ({ "x-user": user });
const stateOf = (answer: Answered): unknown => answer.headers["x-mizan-cache"];

let mizan: Mizan;
beforeEach(() => {
  runs = [];
  gates = {};
  mizan = serve();
});

test("what was read once is answered again, whatever the order and undeclared params, with the same bytes", async () => {
  const first = await read(mizan, "user", "user_id=5&limit=3");
  expect([first.status, stateOf(first)]).toEqual([200, "MISS"]);
  const again = await read(mizan, "user", "limit=003&zzz=1&user_id=5");
  expect(again).toEqual({ ...first, headers: { ...first.headers, "x-mizan-cache": "HIT" } });
  expect(runs).toEqual(["orders", "profile"]);
  const head = await ask(mizan, { method: "HEAD", path: "/ctx/user/", query: "user_id=5&limit=3" });
  expect([head.status, head.body, stateOf(head)]).toEqual([200, "", "HIT"]);
  const tag = String(first.headers["etag"]);
  const unchanged = await read(mizan, "user", "user_id=5&limit=3", { "if-none-match": tag });
  expect([unchanged.status, unchanged.body, stateOf(unchanged)]).toEqual([304, "", "HIT"]);
});

test.each([
  ["user_id=6&limit=3", "another value"],
  ["user_id=5", "one less"],
  ["user_id=5&limit=4", "another value of what effects do not name"],
])("%s is another answer: %s", async (query) => {
  await read(mizan, "user", "user_id=5&limit=3");
  expect(stateOf(await read(mizan, "user", query))).toBe("MISS");
});

test("every user has answers of their own, and nobody has others", async () => {
  for (const user of ["ada", "bob", "5", "null", ""]) {
    const answer = await read(mizan, "mine", "", as(user));
    expect([answer.json, stateOf(answer)]).toEqual([{ mine: { result: { id: user } } }, "MISS"]);
    expect(stateOf(await read(mizan, "mine", "", as(user)))).toBe("HIT");
    expect(stateOf(await read(mizan, "user", "user_id=5", as(user)))).toBe("MISS");
  }
  expect(stateOf(await read(mizan, "user", "user_id=5"))).toBe("MISS");
});

test("a public context has one answer for everybody", async () => {
  expect((await read(mizan, "open", "", as("ada"))).json).toEqual({ open: { result: null } });
  expect(stateOf(await read(mizan, "open", "", as("bob")))).toBe("HIT");
  expect(stateOf(await read(mizan, "open"))).toBe("HIT");
});

const shared = "public, max-age=0, s-maxage=60";
test.each([
  ["nothing", {}, shared],
  ["cookie", { "set-cookie": "seen=1" }, "private, no-cache"],
  ["identity", { "x-mizan-identity": "changed" }, "private, no-cache"],
])(
  "a public context that says %s to one client is kept by others only if that is nothing",
  async (word, said, cacheControl) => {
    for (const state of ["MISS", word === "nothing" ? "HIT" : "MISS"]) {
      const answer = await read(mizan, "shown", `how=${word}`);
      expect(answer.headers).toMatchObject({ ...said, "cache-control": cacheControl });
      expect(stateOf(answer)).toBe(state);
      const tag = String(answer.headers["etag"]);
      const unchanged = await read(mizan, "shown", `how=${word}`, { "if-none-match": tag });
      expect(unchanged.status).toBe(304);
      expect(unchanged.headers).toMatchObject({ ...said, "cache-control": cacheControl });
    }
    const uncached = await read(serve({ cache: false }), "shown", `how=${word}`);
    expect(uncached.headers).toMatchObject({ ...said, "cache-control": cacheControl });
  },
);

test("every check comes before the cache", async () => {
  await read(mizan, "mine", "", as("ada"));
  expect((await read(mizan, "mine")).status).toBe(401);
  let may = true;
  const closing = serve({ predicates: { may: () => may } });
  expect((await read(closing, "gated", "", as("ada"))).status).toBe(200);
  expect(stateOf(await read(closing, "gated", "", as("ada")))).toBe("HIT");
  may = false;
  expect((await read(closing, "gated", "", as("ada"))).status).toBe(403);
  await read(mizan, "user", "user_id=5");
  const bad = await read(mizan, "user", "user_id=5&limit=x");
  expect([bad.status, stateOf(bad)]).toEqual([422, undefined]);
});

test("contexts that declare no cache, and servers without one, always ask their handlers", async () => {
  for (const asked of [mizan, serve({ cache: false })]) {
    const context = asked === mizan ? "anew" : "user";
    for (const times of [1, 2]) {
      runs = [];
      const answer = await read(asked, context, "user_id=5");
      expect([answer.status, stateOf(answer), runs.length > 0, times]).toEqual([
        200,
        undefined,
        true,
        times,
      ]);
    }
  }
});

test.each([
  ["rename", { user_id: 5 }, [5]],
  ["put", { user_id: 5 }, [5]],
  ["touch", {}, [5, 6]],
  ["say", { how: "user", user_id: 5 }, [5]],
  ["say", { how: "narrower", user_id: 5 }, [5]],
  ["say", { how: "unforeseen", user_id: 5 }, [5, 6]],
  ["say", { how: "merge", user_id: 5 }, [5]],
  ["say", { how: "call", user_id: 5 }, [5]],
  ["say", { how: "user fails", user_id: 5 }, [5]],
  ["say", { how: "fails", user_id: 5 }, []],
  ["say", { how: "uncached", user_id: 5 }, []],
])("%s with %j takes out the answers about %j", async (fn, args, stale) => {
  const questions = [5, 6].flatMap((id) => [
    [id, `user_id=${id}`, "ada"] as const,
    [id, `user_id=${id}&limit=1`, "bob"] as const,
  ]);
  for (const [, query, user] of questions) await read(mizan, "user", query, as(user));
  await call(mizan, fn, args, as("eve"));
  for (const [id, query, user] of questions) {
    const state = stateOf(await read(mizan, "user", query, as(user)));
    expect([query, state]).toEqual([query, stale.includes(id) ? "MISS" : "HIT"]);
  }
});

test("a call is answered when its purge has returned, and not before", async () => {
  let release = (): void => {};
  const purged = new Promise<void>((resolve) => (release = resolve));
  const store = memoryCache();
  const cache: Cache = { load: store.load, close: store.close, purge: () => purged };
  const slow = serve({ cache });
  let isAnswered = false;
  const answer = call(slow, "rename", { user_id: 5 }).then((answered) => {
    isAnswered = true;
    return answered;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isAnswered).toBe(false);
  release();
  expect((await answer).status).toBe(200);
});

test("who reads while a call changes things is not kept for those after it", async () => {
  let release = (): void => {};
  gates["slow"] = new Promise<void>((resolve) => (release = resolve));
  const affecting = serverOf(
    {
      ...given,
      functions: [...given.functions, { name: "change", affects: [{ context: "odd" }] }],
    },
    { ...handlers, change: () => {} },
    { predicates: { may: () => true } },
  );
  const before = read(affecting, "odd", "how=slow");
  await new Promise((resolve) => setImmediate(resolve));
  await call(affecting, "change");
  gates = {};
  const after = await read(affecting, "odd", "how=slow");
  expect([after.json, stateOf(after)]).toEqual([{ odd: { result: "slow 2" } }, "MISS"]);
  release();
  expect((await before).json).toEqual({ odd: { result: "slow 1" } });
  expect((await read(affecting, "odd", "how=slow")).body).toBe(after.body);
});

test("reads of the same at the same time run the handlers once, and share failures", async () => {
  for (const [query, status] of [
    ["how=fine", 200],
    ["how=gone", 410],
    ["how=broken", 500],
  ] as const) {
    runs = [];
    const answers = await Promise.all([1, 2, 3].map(() => read(mizan, "odd", query)));
    expect(answers.map((answer) => answer.status)).toEqual([status, status, status]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(runs).toEqual(["odd"]);
    const next = await read(mizan, "odd", query);
    expect(runs).toHaveLength(status === 200 ? 1 : 2);
    expect(next.status).toBe(status);
  }
});

test.each(["cookie", "identity"])(
  "what a handler says to one client alone is not kept: %s",
  async (word) => {
    const answers = await Promise.all([1, 2].map(() => read(mizan, "odd", `how=${word}`)));
    expect(runs).toEqual(["odd", "odd"]);
    answers.push(await read(mizan, "odd", `how=${word}`));
    expect(answers.map(stateOf)).toEqual(["MISS", "MISS", "MISS"]);
    const header = word === "cookie" ? "set-cookie" : "x-mizan-identity";
    expect(answers.every(({ headers }) => headers[header] !== undefined)).toBe(true);
  },
);

test("a client that leaves does not fail those who wait for the same", async () => {
  let release = (): void => {};
  gates["signal"] = new Promise<void>((resolve) => (release = resolve));
  let leave = (): void => {};
  const leaving = ask(mizan, {
    path: "/ctx/odd/",
    query: "how=signal",
    onAbort: (listener) => (leave = listener),
  });
  await new Promise((resolve) => setImmediate(resolve));
  const staying = read(mizan, "odd", "how=signal");
  await new Promise((resolve) => setImmediate(resolve));
  leave();
  release();
  expect((await leaving).status).toBe(500);
  expect((await staying).status).toBe(200);
});

test("a handler that never ends holds nobody up once its time is over", async () => {
  gates["fine"] = new Promise(() => {});
  const hasty = serve({ handlerTimeoutMs: 20 });
  expect((await read(hasty, "odd", "how=fine")).status).toBe(500);
  gates = {};
  const next = await read(hasty, "odd", "how=fine");
  expect([next.status, stateOf(next)]).toEqual([200, "MISS"]);
});

test("a call that takes too long takes out what its handler had said", async () => {
  gates["say"] = new Promise(() => {});
  const hasty = serve({ handlerTimeoutMs: 20 });
  await read(hasty, "user", "user_id=5");
  const answer = await call(hasty, "say", { how: "user", user_id: 5 });
  expect([answer.status, answer.headers["x-mizan-invalidate"]]).toEqual([500, "user;user_id=5"]);
  expect(stateOf(await read(hasty, "user", "user_id=5"))).toBe("MISS");
});

test.each<[string, (ctx: Ctx) => void]>([
  ["itself", (ctx) => ctx.invalidate["user"]?.()],
  ["by a merge", (ctx) => ctx.merge["user"]?.["profile"]?.("Eve", { user_id: 5 })],
  ["by a call", (ctx) => void ctx.call["rename"]?.({ user_id: 5 })],
])("what a handler says %s after its answer is taken out, and the log says so", async (_, says) => {
  const { lines, logger } = recorder();
  let later = (): void => undefined;
  const server = serverOf(
    given,
    { ...handlers, say: (_: object, ctx: Ctx) => void (later = () => says(ctx)) },
    { logger, predicates: { may: () => true } },
  );
  await read(server, "user", "user_id=5");
  const answer = await call(server, "say", { how: "", user_id: 5 });
  expect(answer.json).toEqual({ result: { result: null } });
  expect(stateOf(await read(server, "user", "user_id=5"))).toBe("HIT");
  lines.length = 0;
  later();
  await new Promise(setImmediate);
  expect(stateOf(await read(server, "user", "user_id=5"))).toBe("MISS");
  expect(lines).toMatchObject([
    { level: "warn", message: expect.stringMatching(/^mizan: say said .* after its answer/) },
  ]);
});

test("functions with different defaults are not taken for functions with the same value", async () => {
  expect((await read(mizan, "paged")).json).toEqual({ ten: { result: 10 }, two: { result: 2 } });
  const ten = await read(mizan, "paged", "size=10");
  expect(ten.json).toEqual({ ten: { result: 10 }, two: { result: 10 } });
  expect((await read(mizan, "paged", "size=2")).json).toEqual({
    ten: { result: 2 },
    two: { result: 2 },
  });
  expect(runs).toHaveLength(3);
});

test("a list or a struct that several functions share is one value, under its own word", async () => {
  const seen: { key: string; scopes: readonly string[] }[] = [];
  const secret = "a secret of this suite";
  const store = memoryCache();
  const cache: Cache = {
    purge: store.purge,
    close: store.close,
    load: (entry, loader) => {
      seen.push({ key: entry.key(secret), scopes: entry.scopes() });
      return store.load(entry, loader);
    },
  };
  const input = [
    field("tags", list(string())),
    field("sizes", optional(map(integer())), { omittable: true }),
    field("at", optional(ref("Point")), { omittable: true }),
  ];
  const names = ["first", "second"];
  const several = serverOf(
    {
      structs: [{ name: "Point", fields: [field("y", integer()), field("x", integer())] }],
      contexts: [
        { name: "tagged", functions: names, cache: cached({ scopes: [["tags"], ["at"]] }) },
      ],
      functions: names.map((name) => ({ name, input, output: integer(), context: "tagged" })),
    },
    { first: () => 1, second: () => 2 },
    { cache },
  );
  const of = (params: Record<string, string>): string => new URLSearchParams(params).toString();
  await read(several, "tagged", of({ tags: "x" }));
  await read(several, "tagged", of({ tags: "x", sizes: '{"b":1,"a":2}', at: '{"x":1,"y":2}' }));
  const keyOf = (params: object): string =>
    deriveCacheKey({ secret, context: "tagged", params: { ...params }, user: null, rev: 0 });
  const tags = encodeURIComponent('["x"]');
  const at = encodeURIComponent('{"x":1,"y":2}');
  expect(seen).toEqual([
    { key: keyOf({ tags: ["x"] }), scopes: ["", `tags=${tags}`] },
    {
      key: keyOf({ tags: ["x"], sizes: { a: 2, b: 1 }, at: { x: 1, y: 2 } }),
      scopes: ["", `at=${at}`, `tags=${tags}`],
    },
  ]);
});

test("values of different types are different, though their words are equal", async () => {
  for (const value of ["5", '"5"', "null", '"null"', "[1]", '"[1]"', "true", '"true"']) {
    const answer = await read(mizan, "any", `value=${encodeURIComponent(value)}`);
    expect([value, answer.body]).toEqual([value, `{"any":{"result":${value}}}`]);
    expect([value, stateOf(answer)]).toEqual([value, "MISS"]);
  }
});

test("closing the server closes its cache", async () => {
  const cache = memoryCache();
  const closing = serve({ cache });
  await read(closing, "user", "user_id=5");
  expect(cache.size).toBe(1);
  await closing.close();
  expect(cache.size).toBe(0);
});

test("a cache that is none is named at start", () => {
  for (const cache of [{}, true, memoryCache]) {
    const options: object = { cache };
    expect(() => serve(options)).toThrow(
      "cache must be memoryCache(), redisCache({ … }), or false",
    );
  }
});
