/** The default transport against a real server on loopback: sessions, retries, and answers nobody ordered. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { configure, createClient, type ClientOptions } from "./client.js";
import type { ClientEvent } from "./events.js";
import { contextOf, fetchOf, functionOf, watchOf } from "./generated.js";
import { contract, mutate, totalContext, userContext } from "./model/stage.js";
import { MizanError } from "../wire/error.js";

interface Received {
  readonly method: string | undefined;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}
type Reply = (response: ServerResponse, received: Received) => void;

/** What the server does with each path, first entry first; the last one stays. */
let replies: { session: Reply[]; call: Reply[]; ctx: Reply[] };
let received: Received[];

const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response
      .writeHead(status, { "Content-Type": "application/json", ...headers })
      .end(JSON.stringify(body));
const text =
  (body: string, status = 200): Reply =>
  (response) =>
    response.writeHead(status, { "Content-Type": "text/html" }).end(body);
const hangUp: Reply = (response) => response.destroy();
const breakOff: Reply = (response) => {
  response.writeHead(200, { "Content-Length": 1000 });
  response.write('{"result": ');
  setImmediate(() => response.destroy());
};
const csrfRefusal = json(
  { error: true, code: "FORBIDDEN", message: "CSRF", details: { reason: "csrf" } },
  403,
);

const server = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const { url = "", method, headers } = request;
  const entry = { method, url, headers, body };
  received.push(entry);
  const of = url.includes("/session/") ? "session" : url.includes("/call/") ? "call" : "ctx";
  const list = replies[of];
  const reply = list.length > 1 ? list.shift() : list[0];
  reply?.(response, entry);
});
let baseUrl: string;

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
  replies = {
    session: [json({ csrfToken: "token" })],
    call: [json({ result: null })],
    ctx: [json({ count: { result: 1 } })],
  };
  // Half of every delay, so that retries are quick, and the same every time.
  jest.spyOn(Math, "random").mockReturnValue(-0.49);
});
afterEach(() => jest.restoreAllMocks());

const newClient = (options: ClientOptions = {}) => createClient({ baseUrl, ...options });
const paths = () => received.map(({ url }) => url.replace("/api/mizan", ""));
const readTotal = fetchOf(totalContext);
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "no failure",
    (error: unknown) => error,
  );

describe("a call", () => {
  test("is a POST with token, contract and the caller's headers", async () => {
    replies.call = [json({ result: { name: "Ada" } })];
    const client = newClient({ headers: { "X-Tenant": "one", "X-Both": "client" } });
    const result = await mutate({ name: "Ada" }, { client, headers: { "X-Both": "call" } });
    expect(result).toEqual({ name: "Ada" });
    const call = received[1];
    expect(JSON.parse(call?.body ?? "")).toEqual({ fn: "mutate", args: { name: "Ada" } });
    expect(call).toMatchObject({
      method: "POST",
      url: "/api/mizan/call/",
      headers: {
        "content-type": "application/json",
        "x-csrftoken": "token",
        "x-mizan-contract": "ours",
        "x-tenant": "one",
        "x-both": "call",
      },
    });
  });

  test("unpacks a boxed output, and sends an empty input where there is none", async () => {
    replies.call = [json({ result: { result: null } })];
    const ping = functionOf(contract)<Readonly<Record<string, never>>, null, never>("ping", "box");
    expect(await ping(undefined, { client: newClient() })).toBeNull();
    expect(JSON.parse(received[1]?.body ?? "")).toEqual({ fn: "ping", args: {} });
  });

  test("is not tried again", async () => {
    replies.call = [json({ error: true, code: "UNAVAILABLE" }, 503)];
    await failureOf(mutate({}, { client: newClient() }));
    expect(paths()).toEqual(["/session/", "/call/"]);
  });

  test("uses the configured client, and says so where there is none", async () => {
    expect(() => mutate({})).toThrow("configure()");
    configure({ baseUrl });
    expect(await mutate({})).toBeNull();
  });

  test("reads headers anew each time, and takes another prefix", async () => {
    let token = 1;
    const headers = {
      get "X-Token"() {
        return String(token++);
      },
    };
    const client = newClient({ headers, csrf: false, headerPrefix: "X-Izana-" });
    await mutate({}, { client });
    await mutate({}, { client });
    expect(
      received.map((call) => [call.headers["x-token"], call.headers["x-izana-contract"]]),
    ).toEqual([
      ["1", "ours"],
      ["2", "ours"],
    ]);
  });

  test("whose headers nobody can say is not sent, so no answer of it is lost", async () => {
    const told: ClientEvent[] = [];
    const mistake = new TypeError("Nobody is signed in");
    const headers = {
      get "X-Token"(): string {
        throw mistake;
      },
    };
    const client = newClient({ headers, csrf: false, onEvent: (event) => void told.push(event) });
    const handle = watchOf(totalContext)({}, { client });
    expect(await failureOf(mutate({}, { client }))).toMatchObject({
      code: "NETWORK",
      cause: mistake,
    });
    expect(told.map(({ type }) => type)).not.toContain("answer-lost");
    expect(received).toEqual([]);
    handle.release();
  });
});

describe("a gateway that answers in JSON", () => {
  const timeout = json({ error: { code: "504", message: "An error occurred" } }, 504);

  test("leaves open whether a call was done, so everything is read", async () => {
    const told: ClientEvent[] = [];
    const client = newClient({ onEvent: (event) => void told.push(event) });
    const handle = watchOf(totalContext)({}, { client });
    replies.call = [timeout];
    expect(await failureOf(mutate({}, { client }))).toMatchObject({ code: "504", status: 504 });
    expect(told).toContainEqual(expect.objectContaining({ type: "answer-lost" }));
    handle.release();
  });

  test("has reads tried again", async () => {
    replies.ctx = [timeout, json({ count: { result: 7 } })];
    expect(await readTotal({}, { client: newClient() })).toEqual({ count: 7 });
    received = [];
    replies.ctx = [json({ error: { code: "501" } }, 501)];
    expect(await failureOf(readTotal({}, { client: newClient() }))).toMatchObject({ code: "501" });
    expect(received).toHaveLength(1);
  });
});

describe("the session", () => {
  test("is asked for once, shared by the first calls, and not at all without CSRF", async () => {
    const client = newClient();
    await Promise.all([mutate({}, { client }), mutate({}, { client })]);
    await mutate({}, { client });
    expect(paths().filter((path) => path === "/session/")).toHaveLength(1);
    received = [];
    await mutate({}, { client: newClient({ csrf: false }) });
    expect(paths()).toEqual(["/call/"]);
    expect(received[0]?.headers).not.toHaveProperty("x-csrftoken");
  });

  test("is retried three times; a total failure is forgotten", async () => {
    replies.session = [hangUp];
    const client = newClient();
    expect(await failureOf(mutate({}, { client }))).toMatchObject({
      code: "NETWORK",
      status: 0,
      fn: "mutate",
    });
    expect(paths()).toEqual(Array(4).fill("/session/"));
    replies.session = [json({ csrfToken: "late" })];
    expect(await mutate({}, { client })).toBeNull();
    expect(received.at(-1)?.headers["x-csrftoken"]).toBe("late");
  });

  test("that is never answered keeps the calls of its time waiting, and none after", async () => {
    const never: Reply = () => {};
    replies.session = [never, json({ csrfToken: "second" })];
    const client = newClient({ timeoutMs: 60 });
    const first = await failureOf(mutate({}, { client }));
    expect(first).toMatchObject({ code: "TIMEOUT", fn: "mutate" });
    expect(await mutate({}, { client, timeoutMs: 0 })).toBeNull();
    expect(paths()).toEqual(["/session/", "/session/", "/call/"]);
    // A call without a limit needs a session all the same.
    const limits = jest.spyOn(AbortSignal, "timeout");
    await mutate({}, { client: newClient({ timeoutMs: 0 }) });
    expect(limits.mock.calls).toEqual([[30_000]]);
  });

  test.each<[string, Reply, string]>([
    ["a page", text("<html>login</html>"), "HTTP_200"],
    ["an error", json({ error: true, code: "UNAVAILABLE", message: "later" }, 503), "UNAVAILABLE"],
    ["nothing at all", text("", 204), "HTTP_204"],
  ])("that answers %s fails the call before it is sent", async (_, reply, code) => {
    replies.session = [reply];
    expect(await failureOf(mutate({}, { client: newClient() }))).toMatchObject({ code });
    expect(paths()).not.toContain("/call/");
  });

  test("a refused token is fetched anew, once", async () => {
    replies.session = [json({ csrfToken: "old" }), json({ csrfToken: "new" })];
    replies.call = [csrfRefusal, json({ result: 1 })];
    const client = newClient();
    expect(await mutate({}, { client })).toBe(1);
    expect(paths()).toEqual(["/session/", "/call/", "/session/", "/call/"]);
    expect(received.at(-1)?.headers["x-csrftoken"]).toBe("new");
    replies.call = [csrfRefusal];
    expect(await failureOf(mutate({}, { client }))).toMatchObject({
      code: "FORBIDDEN",
      status: 403,
    });
    expect(paths()).toHaveLength(4 + 3);
  });

  test("reset forgets it", async () => {
    const client = newClient();
    await mutate({}, { client });
    client.reset();
    await mutate({}, { client });
    expect(paths()).toEqual(["/session/", "/call/", "/session/", "/call/"]);
  });

  test("is forgotten when an answer says that somebody else is signed in", async () => {
    const client = newClient();
    replies.session = [json({ csrfToken: "theirs" }), json({ csrfToken: "ours" })];
    replies.call = [json({ result: null }, 200, { "X-Mizan-Identity": "changed" })];
    watchOf(totalContext)({}, { client });
    for (let times = 0; times < 3; times++) await mutate({}, { client });
    const tokens = received.flatMap(({ url, headers }) =>
      url.endsWith("/call/") ? [headers["x-csrftoken"]] : [],
    );
    expect(tokens).toEqual(["theirs", "ours", "ours"]);
    expect(paths().filter((path) => path === "/session/")).toHaveLength(3);
  });
});

describe("the contract", () => {
  const other = { "X-Mizan-Contract": "theirs" };
  const refusal = (code: string, status: number, headers: Record<string, string> = other) =>
    json({ error: true, code, message: "No" }, status, headers);

  test("of the server, where it is another, is told once for each, and what works goes on working", async () => {
    const told: ClientEvent[] = [];
    const client = newClient({
      onEvent: (event) => void (event.type === "contract-changed" && told.push(event)),
    });
    replies.call = [
      json({ result: 1 }, 200, { "X-Mizan-Contract": "ours" }),
      json({ result: 2 }, 200, other),
      json({ result: 3 }, 200, { "X-Mizan-Contract": "newer still" }),
      json({ result: 4 }, 200, other),
    ];
    replies.ctx = [json({ count: { result: 5 } }, 200, other)];
    const results = [];
    for (let times = 0; times < 4; times++) results.push(await mutate({}, { client }));
    expect(results).toEqual([1, 2, 3, 4]);
    expect(await readTotal({}, { client })).toEqual({ count: 5 });
    expect(told).toEqual([
      { type: "contract-changed", hash: "theirs" },
      { type: "contract-changed", hash: "newer still" },
    ]);
  });

  test.each([
    ["input that is valid no more", refusal("VALIDATION_ERROR", 422), "VALIDATION_ERROR"],
    ["a function that is gone", refusal("NOT_FOUND", 404), "NOT_FOUND"],
    ["no result", json({ value: 5 }, 200, other), "HTTP_200"],
    ["no JSON", (response) => void response.writeHead(200, other).end("<html>"), "HTTP_200"],
  ] satisfies [string, Reply, string][])(
    "explains %s, if it is another",
    async (_, reply, code) => {
      replies.call = replies.ctx = [reply];
      const client = newClient();
      const mismatch = { name: "MizanError", code: "CONTRACT_MISMATCH", cause: { code } };
      expect(await failureOf(mutate({}, { client }))).toMatchObject({ ...mismatch, fn: "mutate" });
      expect(await failureOf(readTotal({}, { client }))).toMatchObject({
        ...mismatch,
        context: "total",
      });
      // Never sent again: it would fail again.
      expect(paths()).toHaveLength(3);
    },
  );

  test("explains nothing else, and nothing where it is the same or unknown", async () => {
    const client = newClient();
    for (const [reply, code] of [
      [refusal("FORBIDDEN", 403), "FORBIDDEN"],
      [refusal("NOT_FOUND_IN_STOCK", 404), "NOT_FOUND_IN_STOCK"],
      [refusal("NOT_FOUND", 404, { "X-Mizan-Contract": "ours" }), "NOT_FOUND"],
      [refusal("NOT_FOUND", 404, {}), "NOT_FOUND"],
    ] as const) {
      replies.call = [reply];
      expect(await failureOf(mutate({}, { client }))).toMatchObject({ code });
    }
  });

  test("is what a strict server insists on", async () => {
    const told: ClientEvent[] = [];
    const client = newClient({ onEvent: (event) => void told.push(event) });
    replies.call = [refusal("CONTRACT_MISMATCH", 409)];
    const failure = await failureOf(mutate({}, { client }));
    expect(failure).toBeInstanceOf(MizanError);
    expect(failure).toMatchObject({ code: "CONTRACT_MISMATCH", status: 409, message: "No" });
    expect(told).toContainEqual({ type: "contract-changed", hash: "theirs" });
  });
});

describe("a read", () => {
  test("is a GET of the declared params, lists by repetition, objects as JSON", async () => {
    const context = contextOf(contract)<object, { count: number }>("search", {
      count: "box q:string ids:json filter:json? page:integer= exact:boolean?",
    });
    const params = {
      q: "a&b=ü",
      ids: [1, "x y"],
      filter: { deep: [1] },
      exact: false,
      page: null,
      other: 1,
    };
    await fetchOf(context)(params, { client: newClient() });
    const { url, method, headers } = received[0] ?? { url: "" };
    expect(method).toBe("GET");
    expect(headers).toMatchObject({ "x-mizan-contract": "ours" });
    const { pathname, searchParams } = new URL(url, baseUrl);
    expect(pathname).toBe("/api/mizan/ctx/search/");
    expect([...searchParams]).toEqual([
      ["q", "a&b=ü"],
      ["ids", "1"],
      ["ids", "x y"],
      ["filter", '{"deep":[1]}'],
      ["exact", "false"],
    ]);
  });

  test("is tried twice more where that may help", async () => {
    replies.ctx = [
      hangUp,
      json({ error: true, code: "INTERNAL_ERROR" }, 500),
      json({ count: { result: 7 } }),
    ];
    expect(await readTotal({}, { client: newClient() })).toEqual({ count: 7 });
    expect(received).toHaveLength(3);
    received = [];
    replies.ctx = [breakOff];
    expect(await failureOf(readTotal({}, { client: newClient() }))).toMatchObject({
      code: "NETWORK",
      context: "total",
    });
    expect(received).toHaveLength(3);
  });

  test("says of an answer with a bad status what that says, and of another what it lacks", async () => {
    const read = () => failureOf(readTotal({}, { client: newClient({ retry: 0 }) }));
    replies.ctx = [text("<h1>Bad Gateway</h1>", 502)];
    expect(await read()).toMatchObject({ code: "HTTP_502", message: "HTTP_502" });
    replies.ctx = [json({ error: true, code: "FORBIDDEN", message: "Access denied" }, 403)];
    const refused = await read();
    expect(refused).toMatchObject({ code: "FORBIDDEN", message: "Access denied" });
    expect(refused).not.toHaveProperty("cause");
    replies.ctx = [json({})];
    expect(await read()).toMatchObject({ cause: Error("The answer has no count") });
  });

  test("waits as long as it is told, within reason", async () => {
    const sleeps = jest.spyOn(globalThis, "setTimeout");
    const later = (seconds: string): Reply =>
      json({ error: true, code: "UNAVAILABLE" }, 503, { "Retry-After": seconds });
    replies.ctx = [later("0.02"), json({ count: { result: 7 } })];
    await readTotal({}, { client: newClient() });
    expect(sleeps.mock.calls.map(([, delay]) => delay)).toContain(20);
    replies.ctx = [later("3600")];
    expect(await failureOf(readTotal({}, { client: newClient() }))).toMatchObject({
      code: "UNAVAILABLE",
    });
    expect(received).toHaveLength(3);
    // No number of seconds: it is tried again as if nothing was said.
    for (const odd of ["Wed, 21 Oct 2099 07:28:00 GMT", "soon", "-5"]) {
      replies.ctx = [later(odd), json({ count: { result: 7 } })];
      expect(await readTotal({}, { client: newClient() })).toEqual({ count: 7 });
    }
  });

  test.each<[string, Reply, object]>([
    [
      "a stub",
      json({ error: true, code: "NOT_IMPLEMENTED", message: "m" }, 501),
      { code: "NOT_IMPLEMENTED", message: "m" },
    ],
    [
      "a declared 503",
      json({ error: true, code: "CLOSED", details: { till: 9 } }, 503),
      { code: "CLOSED", details: { till: 9 } },
    ],
    [
      "the nested form",
      json({ error: { code: "NOPE", message: "no", details: { a: 1 } } }, 400),
      { code: "NOPE", message: "no", details: { a: 1 } },
    ],
    ["a page", text("<html>"), { code: "HTTP_200", status: 200 }],
    ["a page of a proxy", text("<html>", 418), { code: "HTTP_418", status: 418, details: {} }],
    ["nothing", text(""), { code: "HTTP_200" }],
    ["half an answer", text('{"count": {"res'), { code: "HTTP_200" }],
    ["a list", json([1]), { code: "HTTP_200" }],
    ["null", json(null), { code: "HTTP_200" }],
    ["a number", json(5), { code: "HTTP_200" }],
    [
      "no slot",
      json({ other: 1 }),
      { code: "HTTP_200", message: expect.stringContaining("count") },
    ],
    ["no box", json({ count: 5 }), { code: "HTTP_200" }],
    [
      "an error inside 200",
      json({ error: true, code: "ODD", message: "?" }),
      { code: "ODD", status: 200 },
    ],
    ["an error that is a word", json({ error: "boom" }, 400), { code: "HTTP_400" }],
    [
      "a slot that is named error",
      json({ error: { code: "X" }, count: { result: 1 } }),
      { count: 1 },
    ],
  ])("of %s", async (_, reply, expected) => {
    replies.ctx = [reply];
    const outcome = await readTotal({}, { client: newClient() }).catch((error: unknown) => error);
    expect(outcome).toMatchObject(expected);
    if ("code" in expected) expect(outcome).toBeInstanceOf(MizanError);
    expect(received).toHaveLength(1);
  });

  test("params that are no values are the server's to refuse", async () => {
    replies.ctx = [
      json(
        { error: true, code: "VALIDATION_ERROR", details: { fields: { user_id: ["no"] } } },
        422,
      ),
    ];
    for (const user_id of [NaN, Infinity, "", "x"]) {
      const error = await failureOf(fetchOf(userContext)({ user_id }, { client: newClient() }));
      expect(error).toMatchObject({ code: "VALIDATION_ERROR", status: 422, context: "user" });
    }
    const urls = new Set(received.map(({ url }) => url));
    expect(urls.size).toBeGreaterThan(1);
  });

  test("an abort is the caller's own reason, a timeout is TIMEOUT, and both end the request", async () => {
    const closed: Promise<unknown>[] = [];
    replies.ctx = [
      (response) => closed.push(new Promise((resolve) => response.on("close", resolve))),
    ];
    const controller = new AbortController();
    const aborted = failureOf(readTotal({}, { client: newClient(), signal: controller.signal }));
    while (!closed.length) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    expect(await aborted).toMatchObject({ name: "AbortError" });
    const timed = failureOf(readTotal({}, { client: newClient({ timeoutMs: 30 }) }));
    expect(await timed).toMatchObject({ code: "TIMEOUT", context: "total" });
    await Promise.all(closed);
    expect(received).toHaveLength(2);
    expect(
      await failureOf(readTotal({}, { client: newClient(), signal: AbortSignal.abort("mine") })),
    ).toBe("mine");
    expect(received).toHaveLength(2);
  });

  test("a mounted instance that is refused is asked once", async () => {
    replies.ctx = [text("<html>")];
    const handle = watchOf(totalContext)({}, { client: newClient() });
    await new Promise<void>((resolve) => {
      handle.subscribe(() => {
        if (!handle.getState().isFetching) resolve();
      });
    });
    expect(handle.getState()).toMatchObject({ status: "error", error: { code: "HTTP_200" } });
    expect(received).toHaveLength(1);
    handle.release();
  });
});
