/** Reads of one tick against a server on loopback whose every line the test writes itself. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { runApart } from "../../spec/support/run-apart.js";
import { createClient, type ClientOptions } from "./client.js";
import { contextOf, fetchOf, watchOf } from "./generated.js";
import { contract, totalContext, userContext } from "./model/stage.js";

interface Received {
  readonly method: string | undefined;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly contexts: readonly { readonly context: string; readonly params: object }[];
  readonly response: ServerResponse;
}

let received: Received[] = [];
/** What the server does with a batch, and with a single read. */
let onBatch: (request: Received) => void;
let onRead: (request: Received) => void;

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { url = "", method, headers } = request;
  const path = url.replace("/api/mizan", "");
  const { contexts = [] } = body ? JSON.parse(body) : {};
  const entry = { method, path, headers, contexts, response };
  received.push(entry);
  (path === "/ctx/" ? onBatch : onRead)(entry);
});
let baseUrl: string;

const answerJson = (response: ServerResponse, status: number, body: unknown): unknown =>
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
const begin = (response: ServerResponse): ServerResponse =>
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
const line = (value: object): string => `${JSON.stringify(value)}\n`;
/** All lines of the entry `i`, which asks for the total. */
const totalLines = (i: number, result: number): string =>
  line({ i, slot: "count", value: { result } }) + line({ i, done: true, etag: '"t"' });
/** The lines of a read of a user, whose id is the name. */
const userLines = (i: number, params: object): string =>
  line({ i, slot: "profile", value: { name: Object.values(params).join() } }) +
  line({ i, slot: "orders", value: [] }) +
  line({ i, done: true });

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/mizan`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received = [];
  jest.spyOn(Math, "random").mockReturnValue(-0.49);
  onBatch = ({ contexts, response }) => {
    begin(response);
    contexts.forEach(({ context, params }, i) =>
      response.write(context === "total" ? totalLines(i, 7) : userLines(i, params)),
    );
    response.end();
  };
  onRead = ({ path, response }) =>
    void answerJson(
      response,
      200,
      path.startsWith("/ctx/total")
        ? { count: { result: 1 } }
        : { profile: { name: new URL(path, baseUrl).search }, orders: [] },
    );
});
afterEach(() => jest.restoreAllMocks());

const newClient = (options: ClientOptions = {}) =>
  createClient({ baseUrl, retry: 0, timeoutMs: 5000, ...options });
const sent = () => received.map(({ method, path }) => `${method} ${path}`);
const readUser = fetchOf(userContext);
const readTotal = fetchOf(totalContext);
const outcome = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => error);
const turn = () => new Promise((resolve) => setImmediate(resolve));
const until = async (isTrue: () => unknown): Promise<void> => {
  while (!isTrue()) await turn();
};

test("reads of one tick are one request, watched or not; each gets its own", async () => {
  const client = newClient();
  const handle = watchOf(userContext)({ user_id: 1 }, { client });
  const reads = [readUser({ user_id: 5, limit: 3 }, { client }), readTotal({}, { client })];
  expect(await Promise.all(reads)).toEqual([
    { profile: { name: "5,3" }, orders: [] },
    { count: 7 },
  ]);
  await until(() => !handle.getState().isFetching);
  expect(handle.getState().data).toEqual({ profile: { name: "1" }, orders: [] });
  expect(sent()).toEqual(["POST /ctx/"]);
  expect(received[0]?.headers).toMatchObject({
    "content-type": "application/json",
    "x-mizan-contract": "ours",
  });
  expect(received[0]?.contexts).toHaveLength(3);
  handle.release();
});

test("nothing keeps the signals of reads that have ended or were given up, and Node warns of nothing", () => {
  const printed = runApart(`
    import { setFlagsFromString } from "node:v8";
    import { runInNewContext } from "node:vm";
    import { createClient } from "./client.js";
    import { fetchOf } from "./generated.js";
    import { totalContext } from "./model/stage.js";
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc");
    const limits = [];
    const { any } = AbortSignal;
    AbortSignal.any = (signals) => {
      const made = any.call(AbortSignal, signals);
      if (signals.length) limits.push(new WeakRef(made));
      return made;
    };
    const line = (i) => JSON.stringify({ i, slot: "count", value: { result: 1 } }) + "\\n" + JSON.stringify({ i, done: true }) + "\\n";
    const client = createClient({
      fetch: async (_url, { body }) =>
        new Response(JSON.parse(body).contexts.map((_, i) => line(i)).join(""), {
          headers: { "Content-Type": "application/x-ndjson" },
        }),
    });
    const read = fetchOf(totalContext);
    for (let round = 0; round < 5; round++) {
      await Promise.all(Array.from({ length: 20 }, () => read({}, { client })));
    }
    const silent = createClient({ fetch: () => new Promise(() => undefined) });
    for (let round = 0; round < 50; round++) {
      const giveUp = new AbortController();
      const given = [1, 2].map(() => read({}, { client: silent, signal: giveUp.signal }));
      // Before they are sent, or under way.
      if (round % 2) await new Promise((resolve) => setImmediate(resolve));
      giveUp.abort();
      await Promise.allSettled(given);
    }
    for (let turns = 0; turns < 5; turns++) {
      await new Promise((resolve) => setImmediate(resolve));
      collect();
    }
    // The last few may still be on the stack.
    console.log(limits.length, limits.filter((limit) => limit.deref()).length < 10);
    process.exit();`);
  expect(printed).toEqual(["200 true"]);
});

test("a read alone is a GET, except where slots can be shown before the whole", async () => {
  const client = newClient();
  await readUser({ user_id: 5 }, { client });
  const total = watchOf(totalContext)({}, { client });
  await until(() => total.getState().data);
  const user = watchOf(userContext)({ user_id: 5 }, { client });
  await until(() => user.getState().data);
  user.refetch();
  await until(() => !user.getState().isFetching);
  expect(sent()).toEqual([
    "GET /ctx/user/?user_id=5",
    "GET /ctx/total/",
    "POST /ctx/",
    "GET /ctx/user/?user_id=5",
  ]);
  for (const handle of [total, user]) handle.release();
});

test("slots are shown while others are not there, across chunks that end anywhere", async () => {
  let response: ServerResponse | undefined;
  onBatch = (request) => void (response = begin(request.response));
  const handle = watchOf(userContext)({ user_id: 5 }, { client: newClient() });
  await until(() => response);
  const [first = "", ...rest] = Buffer.from(userLines(0, ["Zoë"])).toString("latin1");
  response?.write(first, "latin1");
  const text = rest.join("");
  const cut = text.indexOf("\xab");
  response?.write(text.slice(0, cut), "latin1");
  await turn();
  expect(handle.getState().slots).toEqual({});
  const end = text.indexOf("\n") + 1;
  response?.write(text.slice(cut, end), "latin1");
  await until(() => handle.getState().slots.profile);
  expect(handle.getState()).toMatchObject({ data: null, slots: { profile: { name: "Zoë" } } });
  response?.end(text.slice(end), "latin1");
  await until(() => handle.getState().data);
  handle.release();
});

test("at most 50 go together", async () => {
  const client = newClient();
  const ids = Array.from({ length: 101 }, (_, index) => index);
  const read = await Promise.all(ids.map((user_id) => readUser({ user_id }, { client })));
  expect(read.map(({ profile }) => profile.name.replace("?user_id=", ""))).toEqual(ids.map(String));
  expect(received.map(({ contexts }) => contexts.length).sort()).toEqual([0, 50, 50]);
});

test("reads with other headers or another contract go apart", async () => {
  const client = newClient();
  const foreign = contextOf({ hash: "theirs", headerPrefix: "X-Mizan-" })<object, object>("total", {
    count: "box",
  });
  await Promise.all([
    readUser({ user_id: 1 }, { client }),
    readUser({ user_id: 2 }, { client }),
    fetchOf(foreign)({}, { client }),
    readTotal({}, { client, headers: { "X-One": "1" } }),
  ]);
  expect(sent().sort()).toEqual(["GET /ctx/total/", "GET /ctx/total/", "POST /ctx/"]);
  const hashes = received.map(({ headers }) => headers["x-mizan-contract"]);
  expect(hashes.sort()).toEqual(["ours", "ours", "theirs"]);
});

test("what caches on the way may answer goes alone and as a bundle", async () => {
  const context = contextOf(contract)<object, object>("total", { count: "box" }, "public");
  const client = newClient();
  await Promise.all([fetchOf(context)({}, { client }), readUser({ user_id: 1 }, { client })]);
  expect(sent().sort()).toEqual(["GET /ctx/total/", "GET /ctx/user/?user_id=1"]);
});

test("params that are too long for a URL travel in a body, also alone, and past caches", async () => {
  const context = contextOf(contract)<object, object>("user", userContext.slots, "public");
  const client = newClient();
  const user_id = "x".repeat(20_000);
  for (const read of [readUser, fetchOf(context)]) {
    expect(await read({ user_id }, { client })).toMatchObject({ profile: { name: user_id } });
  }
  expect(sent()).toEqual(["POST /ctx/", "POST /ctx/"]);
});

test("an error is its entry's alone, with its own status", async () => {
  onBatch = ({ response }) =>
    void begin(response).end(
      line({ i: 1, slot: "count", value: { result: 1 } }) +
        line({ i: 0, error: { status: 410, code: "GONE", message: "Gone", details: { id: 7 } } }) +
        line({ i: 1, done: true }),
    );
  const client = newClient();
  const [user, total] = [readUser({ user_id: 1 }, { client }), readTotal({}, { client })];
  expect(await outcome(user)).toMatchObject({
    name: "MizanError",
    code: "GONE",
    status: 410,
    message: "Gone",
    details: { id: 7 },
    context: "user",
  });
  expect(await total).toEqual({ count: 1 });
});

test.each<[string, (response: ServerResponse) => unknown, object]>([
  ["a cut stream", (response) => response.write("{", () => response.destroy()), {}],
  ["an end too early", (response) => response.end(), {}],
  ["half a line", (response) => response.end('{"i":1,"do'), {}],
  ["a line that is no JSON", (response) => response.write("<html>\n"), {}],
  ["null", (response) => response.write("null\n"), {}],
  ["a number", (response) => response.write("5\n"), {}],
  ["a line about nobody", (response) => response.write(line({ i: 9, done: true })), {}],
  ["a line without an index", (response) => response.write(line({ done: true })), {}],
  [
    "the end without a slot",
    (response) => response.write(line({ i: 1, done: true })),
    { code: "HTTP_200", status: 200 },
  ],
  [
    "an error that is a word",
    (response) => response.write(line({ i: 1, error: "boom" })),
    { code: "HTTP_200" },
  ],
  [
    "a slot without its box",
    (response) =>
      response.write(line({ i: 1, slot: "count", value: 5 }) + line({ i: 1, done: true })),
    { code: "HTTP_200" },
  ],
])("after %s what had come before stands, and the rest fails", async (_, go, failure) => {
  onBatch = ({ response }) => {
    begin(response).write(userLines(0, [5]));
    go(response);
  };
  const client = newClient();
  const [user, total] = [readUser({ user_id: 5 }, { client }), readTotal({}, { client })];
  expect(await user).toEqual({ profile: { name: "5" }, orders: [] });
  expect(await outcome(total)).toMatchObject({ code: "NETWORK", context: "total", ...failure });
});

test("a batch that is refused as a whole is refused for each, and tried again where that may help", async () => {
  let times = 0;
  const good = onBatch;
  onBatch = (request) =>
    times++
      ? good(request)
      : void answerJson(request.response, 503, { error: true, code: "UNAVAILABLE" });
  const client = newClient({ retry: 1 });
  const reads = [readUser({ user_id: 1 }, { client }), readTotal({}, { client })];
  expect(await Promise.all(reads)).toHaveLength(2);
  onBatch = ({ response }) => void answerJson(response, 401, { error: true, code: "UNAUTHORIZED" });
  const refused = [readUser({ user_id: 1 }, { client }), readTotal({}, { client })].map(outcome);
  for (const error of await Promise.all(refused)) expect(error).toMatchObject({ status: 401 });
});

test.each<[string, (response: ServerResponse) => unknown]>([
  ["404", (response) => answerJson(response, 404, { error: true, code: "NOT_FOUND" })],
  ["405", (response) => answerJson(response, 405, { error: true, code: "BAD_REQUEST" })],
  ["415", (response) => response.writeHead(415).end()],
  ["a page", (response) => response.writeHead(200, { "Content-Type": "text/html" }).end("<html>")],
])("a server that answers %s is asked one by one, for good", async (_, reply) => {
  onBatch = ({ response }) => void reply(response);
  const client = newClient();
  const both = () => Promise.all([readUser({ user_id: 1 }, { client }), readTotal({}, { client })]);
  expect(await both()).toEqual([expect.anything(), { count: 1 }]);
  await both();
  const handle = watchOf(userContext)({ user_id: 2 }, { client });
  await until(() => handle.getState().data);
  expect(sent().filter((request) => request === "POST /ctx/")).toHaveLength(1);
  expect(sent()).toHaveLength(6);
  handle.release();
});

test("without streams, as on some platforms, the reads go one by one", async () => {
  const client = newClient({
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      return Object.defineProperty(answer, "body", { value: undefined });
    },
  });
  const reads = [readUser({ user_id: 1 }, { client }), readTotal({}, { client })];
  expect(await Promise.all(reads)).toHaveLength(2);
  expect(sent()).toHaveLength(3);
});

test("giving one up leaves the others; giving up all ends the request", async () => {
  let response: ServerResponse | undefined;
  onBatch = (request) => void (response = begin(request.response)).flushHeaders();
  const client = newClient();
  const [mine, theirs] = [new AbortController(), new AbortController()];
  const reads = [
    readUser({ user_id: 1 }, { client, signal: mine.signal }),
    readUser({ user_id: 2 }, { client, signal: theirs.signal }),
  ].map(outcome);
  await until(() => response);
  mine.abort();
  expect(await reads[0]).toMatchObject({ name: "AbortError" });
  response?.write(userLines(1, [2]));
  expect(await reads[1]).toEqual({ profile: { name: "2" }, orders: [] });
  const second = [1, 2].map((user_id) =>
    outcome(readUser({ user_id }, { client, signal: theirs.signal })),
  );
  await until(() => received.length > 1);
  const closed = new Promise((resolve) => received[1]?.response.on("close", resolve));
  theirs.abort();
  await Promise.all([closed, ...second]);
});

test("whoever gave up in the same tick is not asked for", async () => {
  const client = newClient();
  const gone = new AbortController();
  const read = outcome(readUser({ user_id: 1 }, { client, signal: gone.signal }));
  const other = readUser({ user_id: 2 }, { client });
  gone.abort();
  await Promise.all([read, other]);
  expect(sent()).toEqual(["GET /ctx/user/?user_id=2"]);
});

test("params travel as what a query would say, and what cannot travel fails alone", async () => {
  const context = contextOf(contract)<object, object>("total", {
    count: "box a:integer? b:number? c:boolean? d:string? e:json? f:json? g:integer?",
  });
  const cyclic: { self?: object } = {};
  cyclic.self = cyclic;
  const client = newClient();
  const given = { a: NaN, b: -Infinity, c: true, d: "x", e: [1, "y"], f: { z: 1 }, g: 5n };
  const reads = [
    fetchOf(context)(given, { client }),
    readTotal({}, { client }),
    fetchOf(context)({ a: cyclic }, { client }),
    fetchOf(context)({ e: cyclic }, { client }),
  ].map(outcome);
  expect(await Promise.all(reads)).toEqual([
    { count: 7 },
    { count: 7 },
    expect.objectContaining({ code: "NETWORK", cause: expect.any(TypeError) }),
    expect.any(Error),
  ]);
  expect(received[0]?.contexts.map(({ params }) => params)).toEqual([
    { a: "NaN", b: "-Infinity", c: "true", d: "x", e: [1, "y"], f: { z: 1 }, g: "5" },
    {},
  ]);
});

test("however lines are cut into chunks, and wherever they break off, each read ends as its own lines say", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ name: fc.string({ unit: "binary" }), hasFailed: fc.boolean() }), {
        minLength: 2,
        maxLength: 5,
      }),
      fc.infiniteStream(fc.nat()),
      fc.double({ min: 0, max: 1.5, noNaN: true }),
      async (users, numbers, whole) => {
        const next = (below: number): number => Number(numbers.next().value) % below;
        // Each read's lines in their order, the reads in any.
        const queues = users.map(({ name, hasFailed }, i) => {
          const end = line({
            i,
            ...(hasFailed ? { error: { status: 409, code: "NO" } } : { done: true }),
          });
          const parts = { profile: { name }, orders: [] };
          const before = Object.entries(parts).map(([slot, value]) => line({ i, slot, value }));
          return { end, lines: [...before, end] };
        });
        const lines: string[] = [];
        for (let left = queues; left.length; left = left.filter((queue) => queue.lines.length)) {
          lines.push(left[next(left.length)]?.lines.shift() ?? "");
        }
        const bytes = new TextEncoder().encode(lines.join(""));
        const end = Math.min(bytes.length, Math.floor(bytes.length * whole));
        const arrived = new TextDecoder().decode(bytes.slice(0, end));
        const body = new ReadableStream<Uint8Array>({
          start: (controller) => {
            for (let at = 0; at < end;) {
              const size = 1 + next(40);
              controller.enqueue(bytes.slice(at, Math.min(end, at + size)));
              at += size;
            }
            controller.close();
          },
        });
        const headers = { "Content-Type": "application/x-ndjson" };
        const client = newClient({ fetch: async () => new Response(body, { headers }) });
        const reads = users.map((_, user_id) => outcome(readUser({ user_id }, { client })));
        for (const [i, read] of (await Promise.all(reads)).entries()) {
          const { name, hasFailed } = users[i] ?? {};
          if (!arrived.includes(queues[i]?.end ?? "")) {
            expect(read).toMatchObject({ code: "NETWORK" });
          } else if (hasFailed) {
            expect(read).toMatchObject({ code: "NO", status: 409 });
          } else {
            expect(read).toEqual({ profile: { name }, orders: [] });
          }
        }
      },
    ),
    { numRuns: 60 },
  );
});
