/** spec/protocol.md, batches: several contexts in one request, each answered as if it had been read alone. */
import express from "express";
import fc from "fast-check";
import { createServer, request as httpRequest, type IncomingMessage } from "node:http";
import {
  boolean,
  field,
  integer,
  json,
  list,
  map,
  number,
  optional,
  string,
} from "@mizan/runtime/abi/v1/server";
import type { Mizan } from "@mizan/runtime/server";
import { listenOn } from "../support/listen.js";
import { ask, askRaw, read, recorder, serverOf, type Answered } from "./ask.js";

const input = [
  field("n", optional(integer()), { omittable: true }),
  field("ratio", number(), { omittable: true, default: 0.5 }),
  field("flag", optional(boolean()), { omittable: true }),
  field("text", optional(string()), { omittable: true }),
  field("ids", list(integer()), { omittable: true }),
  field("words", optional(list(string())), { omittable: true }),
  field("where", optional(map(integer())), { omittable: true }),
  field("any", optional(json()), { omittable: true }),
  field("some_list", json(), { omittable: true }),
  field("__proto__", optional(string()), { omittable: true }),
  field("constructor", optional(string()), { omittable: true }),
];

const given = {
  contexts: [
    { name: "echo", functions: ["echo"] },
    { name: "needs", functions: ["needs_a", "needs_b"] },
    { name: "staff", functions: ["for_staff"] },
    { name: "asked", functions: ["asked"] },
    { name: "who", functions: ["who"] },
    { name: "shared", functions: ["shared"], cache: { ttl: 60, public: true } },
    { name: "slow", functions: ["slow"] },
    { name: "broken", functions: ["broken"] },
    { name: "ünïcode", functions: ["echo"] },
    { name: "__proto__", functions: ["echo"] },
  ],
  functions: [
    { name: "echo", input, output: json(), context: "echo" },
    { name: "needs_a", input: [field("id", integer())], output: integer(), context: "needs" },
    { name: "needs_b", input: [field("id", integer())], output: integer(), context: "needs" },
    { name: "for_staff", context: "staff", guard: { role: "staff" as const } },
    { name: "asked", context: "asked", guard: { predicate: "asked" } },
    { name: "who", output: json(), context: "who" },
    { name: "shared", output: json(), context: "shared" },
    { name: "slow", output: integer(), context: "slow" },
    { name: "broken", output: integer(), context: "broken" },
  ],
};

let opened: (() => void)[] = [];
const ran: unknown[] = [];
const identified: unknown[] = [];
beforeEach(() => {
  opened = [];
  ran.length = 0;
  identified.length = 0;
});

type Ctx = { user: { id: string } | null; app: unknown; requestId: string };
const handlers = {
  echo: (sent: object) => {
    ran.push(sent);
    // Of absent params nothing, so that tests only name what they sent.
    const there = Object.entries(sent).filter(([, value]) => value !== null && value !== undefined);
    return there.filter(([name]) => name !== "ratio" || sent["ratio" as never] !== 0.5);
  },
  needs_a: ({ id }: { id: number }) => id,
  needs_b: ({ id }: { id: number }) => -id,
  for_staff: () => undefined,
  asked: () => undefined,
  who: (_: object, { user, app, requestId }: Ctx) => ({ id: user?.id, app, requestId }),
  shared: (_: object, { user, app, requestId }: Ctx) => ({ user, app, requestId }),
  slow: () => new Promise((resolve) => opened.push(() => resolve(1))),
  broken: () => "no integer",
};
const { lines: log, logger } = recorder();
const options = {
  logger,
  authenticate: async ({ headers }: { headers: Record<string, string> }) => {
    identified.push(headers["x-user"]);
    await Promise.resolve();
    if (headers["x-user"] === "nobody-knows") throw new Error("the database is away");
    return headers["x-user"] === undefined ? null : { id: headers["x-user"] };
  },
  context: (_: unknown, user: { id: string } | null) => ({ tenant: user?.id ?? "none" }),
  predicates: {
    asked: ({ user }: { user: { id: string } | null }) => {
      if (user?.id === "thrower") throw new Error("asked in vain");
      return user?.id === "sam";
    },
  },
};
const serve = (more: object = {}): Mizan =>
  serverOf(given, handlers, { ...options, ...more } as never);
const mizan = serve();

const JSON_TYPE = { "content-type": "application/json" };
const asked = (contexts: unknown, headers: Record<string, string> = {}, path = "/ctx/") => ({
  method: "POST",
  path,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify({ contexts }),
});
const batch = (contexts: unknown, headers?: Record<string, string>, server = mizan) =>
  ask(server, asked(contexts, headers));
type LineOf = {
  i: number;
  slot?: string;
  value?: unknown;
  done?: true;
  etag?: string;
  error?: object;
};
/** The lines of the read with that index, without it. */
const of = ({ lines }: Answered, index: number): Omit<LineOf, "i">[] =>
  (lines as LineOf[]).flatMap(({ i, ...rest }) => (i === index ? [rest] : []));

describe("each entry", () => {
  test("is answered as if it had been read alone", async () => {
    const answer = await batch([
      { context: "needs", params: { id: 7 } },
      { context: "nowhere" },
      { context: "staff" },
      { context: "asked" },
      { context: "needs", params: { id: "x" } },
      { context: "broken" },
      { context: "echo", params: { text: "ζ\n\u2028😀" } },
    ]);
    expect(answer.status).toBe(200);
    const alone = await read(mizan, "needs", "id=7");
    expect(of(answer, 0)).toEqual([
      { slot: "needs_a", value: { result: 7 } },
      { slot: "needs_b", value: { result: -7 } },
      { done: true, etag: alone.headers["etag"] },
    ]);
    const errors: [number, string, string][] = [
      [1, "nowhere", ""],
      [2, "staff", ""],
      [3, "asked", ""],
      [4, "needs", "id=x"],
    ];
    for (const [index, name, query] of errors) {
      const { status, json: envelope } = await read(mizan, name, query);
      const { code, message, details } = envelope as Record<string, unknown>;
      const error = { status, code, message, ...(details !== undefined && { details }) };
      expect(of(answer, index)).toEqual([{ error }]);
    }
    expect(of(answer, 5)).toMatchObject([{ error: { status: 500, code: "INTERNAL_ERROR" } }]);
    expect(of(answer, 6)).toMatchObject([
      { slot: "echo", value: { result: [["text", "ζ\n\u2028😀"]] } },
      { done: true },
    ]);
  });
  test("ends by itself, whatever the others do", async () => {
    const { body } = await askRaw(
      mizan,
      asked([{ context: "slow" }, { context: "needs", params: { id: 1 } }, { context: "nowhere" }]),
    );
    if (typeof body === "string") throw new Error(body);
    const chunks = body[Symbol.asyncIterator]();
    let early = "";
    while (early.split("\n").length < 5) early += (await chunks.next()).value;
    expect(early).not.toContain('"i":0');
    expect(early.match(/"done":true|"error":/g)).toHaveLength(2);
    opened.forEach((open) => open());
    let late = "";
    for await (const chunk of { [Symbol.asyncIterator]: () => chunks }) late += chunk;
    expect(late).toMatch(
      /^\{"i":0,"slot":"slow","value":\{"result":1\}\}\n\{"i":0,"done":true,"etag":"\\"[^"]+\\""\}\n$/,
    );
  });
  test("keeps its place when it is asked for twice, and runs once", async () => {
    const params = { ids: [1, 2], text: "a" };
    const answer = await batch([
      { context: "echo", params },
      { context: "echo", params: { text: "a", ids: ["1", "2"], nobody: "knows", n: null } },
      { context: "echo", params: { text: "a", ids: [2, 1] } },
      { context: "nowhere", params },
      { context: "nowhere" },
    ]);
    expect(ran).toHaveLength(2);
    expect(of(answer, 0)).toHaveLength(2);
    expect(of(answer, 1)).toEqual(of(answer, 0));
    expect(of(answer, 2)).not.toEqual(of(answer, 0));
    expect(of(answer, 4)).toEqual(of(answer, 3));
  });
  test("may be named like a part of every object", async () => {
    const answer = await batch([
      { context: "__proto__" },
      { context: "constructor" },
      { context: "toString" },
      { context: "ünïcode" },
      { context: "" },
    ]);
    const ends = [0, 1, 2, 3, 4].map((index) => Object.keys(of(answer, index).at(-1) ?? {})[0]);
    expect(ends).toEqual(["done", "error", "error", "done", "error"]);
  });
});

describe("params are the texts that a query would carry", () => {
  const echoed = async (text: string): Promise<unknown> => {
    const params: unknown = JSON.parse(text);
    const answer = await batch([{ context: "echo", params }]);
    const { error, value } = of(answer, 0)[0] ?? {};
    if (error) return (error as { details: { fields: object } }).details.fields;
    return Object.fromEntries((value as { result: [string, unknown][] }).result);
  };
  test.each<[params: string, seen: unknown]>([
    ['{"n":5}', { n: 5 }],
    ['{"n":"5"}', { n: 5 }],
    ['{"n":-0}', { n: 0 }],
    ['{"n":null}', {}],
    ["{}", {}],
    ['{"n":"05"}', { n: 5 }],
    ['{"n":[1,2]}', { n: 2 }],
    ['{"n":9007199254740993}', { n: ["Expected an integer"] }],
    ['{"n":1e3}', { n: 1000 }],
    ['{"n":1.5}', { n: ["Expected an integer"] }],
    ['{"n":true}', { n: ["Expected an integer"] }],
    ['{"n":{}}', { n: ["Expected an integer"] }],
    ['{"ratio":1e21}', { ratio: 1e21 }],
    ['{"ratio":"1e-7"}', { ratio: 1e-7 }],
    ['{"ratio":null}', {}],
    ['{"flag":true}', { flag: true }],
    ['{"flag":"false"}', { flag: false }],
    ['{"flag":0}', { flag: false }],
    ['{"text":""}', { text: "" }],
    ['{"text":5}', { text: "5" }],
    ['{"text":"null"}', { text: "null" }],
    ['{"ids":[1,"2"]}', { ids: [1, 2] }],
    ['{"ids":[]}', {}],
    ['{"ids":7}', { ids: [7] }],
    [
      '{"ids":[1,"x",null]}',
      { "ids.1": ["Expected an integer"], "ids.2": ["Expected an integer"] },
    ],
    ['{"words":["a","a b","ü"]}', { words: ["a", "a b", "ü"] }],
    ['{"where":{"a":1,"__proto__":2}}', { where: JSON.parse('{"a":1,"__proto__":2}') }],
    ['{"where":"{\\"a\\":1}"}', { where: { a: 1 } }],
    ['{"where":"{"}', { where: ["Expected JSON text"] }],
    ['{"where":{"a":"1"}}', { "where.a": ["Expected an integer"] }],
    ['{"any":{"deep":[1,null]}}', { any: { deep: [1, null] } }],
    ['{"any":[1,2]}', { any: [1, 2] }],
    ['{"any":[]}', { any: [] }],
    ['{"any":5}', { any: 5 }],
    ['{"any":"5"}', { any: 5 }],
    ['{"any":"\\"5\\""}', { any: "5" }],
    ['{"any":"plain"}', { any: ["Expected JSON text"] }],
    ['{"some_list":["x"]}', { some_list: ["x"] }],
    ['{"text":"\\ud800"}', { text: ["Contains half of a character (a lone surrogate)"] }],
    ['{"__proto__":"p","constructor":"c"}', JSON.parse('{"__proto__":"p","constructor":"c"}')],
    ['{"__proto__":{"n":5},"toString":1}', JSON.parse('{"__proto__":"{\\"n\\":5}"}')],
    ['{"undeclared":{"a":[]}}', {}],
  ])("%s", async (params, seen) => {
    expect(await echoed(params)).toEqual(seen);
    expect(({} as { n?: unknown }).n).toBeUndefined();
  });
});

/** As our client makes a query: lists by repetition, what is no text as JSON. */
function toQuery(params: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === null) continue;
    // Of `json` a list is one value, and only a batch can tell.
    const items = Array.isArray(value) && name !== "any" ? value : [value];
    for (const item of items) {
      query.append(name, typeof item === "string" ? item : JSON.stringify(item));
    }
  }
  return query.toString();
}

test("whatever is sent, an entry says what the single read would say", async () => {
  const text = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 6 }),
    fc.constantFrom("", "5", "-0", "true", "null", "1e3", "a b+c%20", "[1]", '{"a":1}', "\u2028"),
  );
  const value: fc.Arbitrary<unknown> = fc.oneof(
    text,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.oneof(text, fc.integer({ min: -9, max: 9 }), fc.constant(null)), { maxLength: 3 }),
    fc.dictionary(text, fc.integer({ min: -9, max: 9 }), { maxKeys: 2 }),
  );
  const names = ["n", "ratio", "flag", "text", "ids", "words", "where", "any", "constructor", "x"];
  const entry = fc.record({
    context: fc.constantFrom("echo", "echo", "echo", "needs", "staff", "asked", "broken", "nope"),
    params: fc.dictionary(fc.constantFrom(...names, "id", "__proto__"), value, { maxKeys: 4 }),
  });
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 4 }), async (contexts) => {
      const answer = await batch(contexts);
      for (const [index, { context, params }] of contexts.entries()) {
        const alone = await read(mizan, context, toQuery(params));
        const end = of(answer, index).at(-1);
        if (alone.status === 200) {
          answered++;
          const slots = of(answer, index).flatMap(({ slot, value: shown }) =>
            slot === undefined ? [] : [[slot, shown]],
          );
          expect(Object.fromEntries(slots)).toEqual(alone.json);
          expect(end).toEqual({ done: true, etag: alone.headers["etag"] });
        } else {
          const { code, message, details } = alone.json as Record<string, object>;
          const known = details !== undefined && !("request_id" in details);
          expect(end).toMatchObject({
            error: { status: alone.status, code, message, ...(known && { details }) },
          });
        }
      }
    }),
    { seed: 11, numRuns: 200 },
  );
  // They would also agree if everything were refused.
  expect(answered).toBeGreaterThan(60);
});

describe("a malformed batch is refused as a whole", () => {
  test.each<[body: string, message: string]>([
    ["{}", "Missing 'contexts' field"],
    ['{"contexts":null}', "Missing 'contexts' field"],
    ['{"contexts":{"0":{"context":"who"}}}', "Missing 'contexts' field"],
    ['{"contexts":"who"}', "Missing 'contexts' field"],
    ['{"__proto__":{"contexts":[]}}', "Missing 'contexts' field"],
    ['{"contexts":[{"context":"who"},null]}', "contexts.1 must be an object, not null"],
    ['{"contexts":["who"]}', "contexts.0 must be an object, not string"],
    ['{"contexts":[[]]}', "contexts.0 must be an object, not array"],
    ['{"contexts":[{}]}', "Missing 'context' field in contexts.0"],
    ['{"contexts":[{"context":5}]}', "Missing 'context' field in contexts.0"],
    ['{"contexts":[{"__proto__":{"context":"who"}}]}', "Missing 'context' field in contexts.0"],
    [
      '{"contexts":[{"context":"who","params":[]}]}',
      "contexts.0.params must be an object, not array",
    ],
    [
      '{"contexts":[{"context":"who","params":"n=1"}]}',
      "contexts.0.params must be an object, not string",
    ],
    [
      '{"contexts":[{"context":"who","params":false}]}',
      "contexts.0.params must be an object, not boolean",
    ],
    ["[]", "Request body must be an object, not array"],
    ["null", "Request body must be an object, not null"],
    ["", "Request body required"],
    ['{"contexts":[', "Invalid JSON in request body"],
    [
      `{"contexts":[{"context":"who","params":{"any":${"[".repeat(70)}${"]".repeat(70)}}}]}`,
      "Request body is nested deeper than 64",
    ],
  ])("%s", async (body, message) => {
    const answer = await ask(mizan, { ...asked([]), body });
    expect([answer.status, answer.json]).toEqual([
      400,
      { error: true, code: "BAD_REQUEST", message },
    ]);
    expect(identified).toEqual([]);
  });
  test("bytes that are not UTF-8, and a body that broke off", async () => {
    for (const body of [new Uint8Array([0x7b, 0xff]), "aborted" as const]) {
      expect((await ask(mizan, { ...asked([]), body })).status).toBe(400);
    }
  });
  test("fifty reads are answered, one more is too many", async () => {
    const fifty = Array.from({ length: 50 }, (_, n) => ({ context: "echo", params: { n } }));
    const { lines } = await batch(fifty);
    expect(lines.filter((line) => "done" in (line as object))).toHaveLength(50);
    const { status, json: body } = await batch([...fifty, { context: "echo" }]);
    expect([status, body]).toMatchObject([400, { message: "At most 50 contexts" }]);
    // The count alone decides: what else is wrong with them is not looked at.
    expect((await batch(Array.from({ length: 100_000 }, () => 1))).json).toMatchObject({
      message: "At most 50 contexts",
    });
  });
  test("no reads are answered by no lines", async () => {
    const answer = await batch([]);
    expect([answer.status, answer.body]).toEqual([200, ""]);
    expect(answer.headers["content-type"]).toBe("application/x-ndjson");
  });
});

describe("the request as a whole", () => {
  test.each([
    [415, "UNSUPPORTED_MEDIA_TYPE", { "content-type": "text/plain" }],
    [415, "UNSUPPORTED_MEDIA_TYPE", { "content-type": "" }],
    [415, "UNSUPPORTED_MEDIA_TYPE", { "content-type": "multipart/form-data; boundary=x" }],
    [415, "UNSUPPORTED_MEDIA_TYPE", { "content-type": "application/x-www-form-urlencoded" }],
    [415, "UNSUPPORTED_MEDIA_TYPE", { "content-encoding": "gzip" }],
    [413, "PAYLOAD_TOO_LARGE", { "content-length": "1048577" }],
    [401, "UNAUTHORIZED", { "x-mizan-token": "bad" }],
    [200, undefined, { "content-type": "Application/JSON; charset=utf-8" }],
    [200, undefined, { accept: "application/json" }],
    // It changes nothing, so nobody has to prove anything.
    [200, undefined, { origin: "https://elsewhere.example" }],
  ])("%d %s %j", async (status, code, headers: Record<string, string>) => {
    const answer = await batch(
      [{ context: "who" }],
      headers,
      serve({ csrf: { secret: "a secret of some length" } }),
    );
    expect([answer.status, (answer.json as { code?: string } | undefined)?.code]).toEqual([
      status,
      code,
    ]);
    if (status === 200) expect(of(answer, 0)).toHaveLength(2);
  });
  test("a body that proves larger than announced", async () => {
    expect((await ask(mizan, { ...asked([]), body: "too-large" })).status).toBe(413);
  });
  test("only POST, with and without the slash", async () => {
    for (const path of ["/ctx", "/ctx/"]) {
      const wrong = await ask(mizan, { path });
      expect([wrong.status, wrong.headers["allow"]]).toEqual([405, "POST, OPTIONS"]);
      expect((await ask(mizan, { method: "OPTIONS", path })).status).toBe(204);
      expect((await ask(mizan, asked([{ context: "who" }], {}, path))).lines).toHaveLength(2);
    }
  });
  test("another contract: refused before anything where the server insists, else served", async () => {
    const other = { "x-mizan-contract": "fedcba9876543210" };
    const contexts = [{ context: "echo" }, { context: "nowhere" }];
    const refused = await batch(contexts, other, serve({ contract: "strict" }));
    expect([refused.status, refused.json]).toMatchObject([409, { code: "CONTRACT_MISMATCH" }]);
    expect([ran, identified]).toEqual([[], []]);
    expect((await batch(contexts, other)).lines).toHaveLength(3);
  });
  test("asks who sends it once, and never for contexts that are anybody's", async () => {
    const sam = { "x-user": "sam" };
    const answer = await batch(
      [{ context: "who" }, { context: "shared" }, { context: "asked" }, { context: "echo" }],
      sam,
    );
    expect(identified).toEqual(["sam"]);
    const [who, shared] = [0, 1].map((index) => {
      const [{ value } = {}] = of(answer, index);
      return (value as { result: { requestId: string } }).result;
    });
    expect(who).toMatchObject({ id: "sam", app: { tenant: "sam" } });
    expect(shared).toEqual({ user: null, app: { tenant: "none" }, requestId: who?.requestId });
    await batch([{ context: "shared" }, { context: "nowhere" }], sam);
    expect(identified).toEqual(["sam"]);
  });
  test("who asks cannot be found out: nothing is begun, and the status says so", async () => {
    const answer = await batch([{ context: "shared" }, { context: "who" }], {
      "x-user": "nobody-knows",
    });
    expect([answer.status, answer.json]).toMatchObject([500, { code: "INTERNAL_ERROR" }]);
  });
  test("a predicate that throws fails its entry alone", async () => {
    const answer = await batch([{ context: "asked" }, { context: "who" }], { "x-user": "thrower" });
    expect(of(answer, 0)).toMatchObject([{ error: { status: 500, code: "INTERNAL_ERROR" } }]);
    expect(of(answer, 1)).toHaveLength(2);
    expect(log.at(-1)?.message).toBe("mizan: asked failed");
  });
  test("of handlers that never answer each entry gets its own error", async () => {
    const server = serve({ handlerTimeoutMs: 40 });
    const contexts = [{ context: "slow" }, { context: "who" }, { context: "slow" }];
    const answer = await batch(contexts, {}, server);
    for (const index of [0, 2]) {
      expect(of(answer, index)).toMatchObject([{ error: { code: "INTERNAL_ERROR" } }]);
    }
    expect(of(answer, 1)).toHaveLength(2);
    await server.close();
  });
  test("a client that leaves stops what is running, and nothing hangs", async () => {
    const server = serve();
    const listening = createServer(express().use("/api/mizan", server.router));
    const port = await listenOn(listening);
    const url = `http://127.0.0.1:${port}/api/mizan/ctx/`;
    const { body } = asked([{ context: "slow" }, { context: "who" }, { context: "nope" }]);
    const response = await new Promise<IncomingMessage>((resolve) => {
      httpRequest(url, { method: "POST", headers: JSON_TYPE, agent: false }, resolve).end(body);
    });
    await new Promise((resolve) => response.once("data", resolve));
    response.destroy();
    opened.forEach((open) => open());
    // Nothing is under way any more, though nobody read the end.
    await server.close();
    await new Promise((resolve) => listening.close(resolve));
  });
  test("whatever JSON it is, the answer is an envelope or lines", async () => {
    const odd = fc.constantFrom("contexts", "context", "params", "__proto__", "echo", "id", "any");
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        odd,
        fc.jsonValue({ maxDepth: 1 }),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(odd, tie("value"), { maxKeys: 3 }),
      ),
    })).value;
    const body = fc.oneof(
      value.map((contexts) => JSON.stringify({ contexts })),
      fc.array(value, { maxLength: 3 }).map((contexts) => JSON.stringify({ contexts })),
      value.map((whole) => JSON.stringify(whole)),
      fc.uint8Array({ maxLength: 40 }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const answer = await ask(mizan, { ...asked([]), body: sent });
        if (answer.status === 200) {
          const ends = answer.lines.filter((line) => !("slot" in (line as object)));
          expect(new Set(ends.map((line) => (line as LineOf).i)).size).toBe(ends.length);
        } else {
          expect(answer.json).toMatchObject({ error: true, code: "BAD_REQUEST" });
        }
      }),
      { seed: 5, numRuns: 300 },
    );
  });
  test("a body parser in front refuses in our words", async () => {
    const app = express()
      .use(express.json({ limit: 100 }))
      .use("/api/mizan", mizan.router);
    const listening = createServer(app);
    const port = await listenOn(listening);
    const url = `http://127.0.0.1:${port}/api/mizan/ctx/`;
    for (const [body, code] of [
      ['{"contexts":[', "BAD_REQUEST"],
      [`{"contexts":[${" ".repeat(200)}]}`, "PAYLOAD_TOO_LARGE"],
    ] as const) {
      const answer = await fetch(url, { method: "POST", headers: JSON_TYPE, body });
      expect(await answer.json()).toMatchObject({ error: true, code });
    }
    await new Promise((resolve) => listening.close(resolve));
  });
  test("a body parser in front changes nothing", async () => {
    const app = express().use(express.json()).use("/api/mizan", mizan.router);
    const listening = createServer(app);
    const port = await listenOn(listening);
    const { body } = asked([{ context: "echo", params: { any: [1] } }]);
    const url = `http://127.0.0.1:${port}/api/mizan/ctx/`;
    const answer = await fetch(url, { method: "POST", headers: JSON_TYPE, body });
    expect((await answer.text()).split("\n").slice(0, 1)).toEqual([
      '{"i":0,"slot":"echo","value":{"result":[["any",[1]]]}}',
    ]);
    await new Promise((resolve) => listening.close(resolve));
  });
});
