/** spec/protocol.md, "Endpoints", "Calls" and "Errors", and the order in which errors are found. */
import {
  boolean,
  field,
  integer,
  list,
  optional,
  ref,
  string,
  uuid,
} from "@mizan/runtime/abi/v1/server";
import type { Mizan } from "@mizan/runtime/server";
import { ask, call, callText, HASH, recorder, read, serverOf, type Answered } from "./ask.js";

const seen: unknown[] = [];
const given = {
  structs: [
    { name: "Profile", fields: [field("user_id", integer()), field("name", string())] },
    { name: "Point", fields: [field("x", integer())] },
  ],
  errors: [
    { name: "Gone", code: "GONE", status: 410, message: "Long gone", fields: [] },
    {
      name: "OutOfStock",
      code: "OUT_OF_STOCK",
      status: 409,
      message: "Out of stock",
      fields: [field("left", integer()), field("id", uuid())],
    },
  ],
  contexts: [{ name: "user", functions: ["user_profile"] }],
  functions: [
    { name: "ping", output: boolean() },
    { name: "quiet" },
    { name: "rename", input: [field("name", string({ minLength: 1 }))], output: string() },
    {
      name: "place",
      input: [
        field("point", ref("Point")),
        field("ids", list(integer())),
        field("note", optional(string()), { omittable: true }),
      ],
    },
    {
      name: "user_profile",
      input: [field("user_id", integer())],
      output: ref("Profile"),
      boxed: false,
      context: "user",
    },
    { name: "fail", input: [field("how", string())], errors: ["Gone", "OutOfStock"] },
    { name: "hidden", private: true, guard: { role: "required" as const } },
    { name: "staff_only", input: [field("n", integer())], guard: { role: "staff" as const } },
    { name: "guarded", input: [field("n", integer())], guard: { predicate: "is_even" } },
    { name: "orders.place", output: boolean() },
    { name: "leaky", output: ref("Profile"), boxed: false },
    { name: "wrong", output: ref("Profile"), boxed: false },
  ],
};
type Ctx = {
  errors: Record<string, (details?: unknown) => Error>;
  user: unknown;
  notImplemented(): Error;
};
const handlers = {
  ping: () => true,
  quiet: () => "nobody hears this",
  rename: ({ name }: { name: string }) => name.toUpperCase(),
  place: (input: unknown) => void seen.push(input),
  user_profile: async ({ user_id }: { user_id: number }) => ({ user_id, name: "Ada" }),
  fail: async ({ how }: { how: string }, { errors, notImplemented }: Ctx) => {
    switch (how) {
      case "gone":
        throw errors["Gone"]?.();
      case "stock":
        throw errors["OutOfStock"]?.({
          left: 2,
          id: "ABCDEF00-0000-0000-0000-000000000000",
          more: 1,
        });
      case "bad details":
        throw errors["OutOfStock"]?.({ left: "two" });
      case "stub":
        throw notImplemented();
      case "nothing":
        throw undefined;
      case "frozen":
        throw Object.freeze({
          get message() {
            throw new Error("no");
          },
        });
      default:
        throw new Error(`secret ${how}`);
    }
  },
  hidden: () => null,
  staff_only: () => null,
  guarded: () => null,
  "orders.place": () => true,
  leaky: () => ({ password: "x", name: "Ada", user_id: 5 }),
  wrong: () => ({ user_id: "5", name: null }),
};
const people: Record<string, object> = { ada: { id: 1 }, sam: { id: 2, isStaff: true } };
const options = {
  authenticate: (req: { headers: Record<string, unknown> }) =>
    (people[String(req.headers["x-user"])] ?? null) as { id: number } | null,
  predicates: {
    is_even: async ({ input }: { input: { n: number } }) => {
      if (input.n === 13) throw new Error("secret superstition");
      return input.n % 2 === 0;
    },
  },
};
const { lines, logger } = recorder();
const mizan: Mizan = serverOf(given, handlers, { ...options, logger });

const envelope = ({ json }: Answered) =>
  json as { error: true; code: string; message: string; details?: unknown };

describe("endpoints", () => {
  test.each([
    ["/call/", "POST, OPTIONS"],
    ["/session/", "GET, HEAD, OPTIONS"],
    ["/ctx/user/", "GET, HEAD, OPTIONS"],
    ["/ctx/", "POST, OPTIONS"],
  ])("%s takes %s", async (path, allow) => {
    const options = await ask(mizan, { method: "OPTIONS", path });
    expect(options).toMatchObject({ status: 204, body: "", headers: { allow } });
    expect(options.headers).not.toHaveProperty("content-length");
    for (const method of ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "BREW"]) {
      if (allow.includes(method)) continue;
      const answer = await ask(mizan, { method, path });
      const only = allow.startsWith("POST") ? "POST" : "GET";
      expect(answer).toMatchObject({
        status: 405,
        headers: { allow, "cache-control": "no-store" },
      });
      if (method === "HEAD") expect(answer.body).toBe("");
      else
        expect(envelope(answer)).toEqual({
          error: true,
          code: "BAD_REQUEST",
          message: `Only ${only} method allowed`,
        });
    }
  });

  test.each(["/call", "/call/"])("a call to %s", async (path) => {
    const answer = await ask(mizan, {
      method: "POST",
      path,
      headers: { "content-type": "application/json" },
      body: '{"fn":"ping"}',
    });
    expect(answer).toMatchObject({ status: 200, json: { result: { result: true } } });
  });
  test.each(["/session", "/session/", "/ctx/user", "/ctx/user/"])(
    "%s with and without slash",
    async (path) => {
      expect(await ask(mizan, { path, query: "user_id=5" })).toMatchObject({ status: 200 });
    },
  );
  test.each([
    "",
    "/",
    "//",
    "/call//",
    "/CALL/",
    "/nope/",
    "/ws/",
    "/ctx//",
    "/ctx/user/more/",
    "/call/x",
    "/%2e%2e/",
  ])("%j is no endpoint", async (path) => {
    for (const method of ["GET", "POST", "OPTIONS"]) {
      const answer = await ask(mizan, { method, path });
      if (path === "/ctx//" && method !== "GET") continue;
      expect(answer).toMatchObject({ status: 404, json: { error: true, code: "NOT_FOUND" } });
    }
  });
  test("HEAD has the headers of GET", async () => {
    for (const [path, query] of [
      ["/session/", ""],
      ["/ctx/user/", "user_id=5"],
    ] as const) {
      const [get, head] = [
        await ask(mizan, { path, query }),
        await ask(mizan, { method: "HEAD", path, query }),
      ];
      expect(head.body).toBe("");
      expect(Object.keys(head.headers)).toEqual(Object.keys(get.headers));
      expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
    }
  });
  test("every answer names the contract", async () => {
    for (const answer of [
      await call(mizan, "ping"),
      await call(mizan, "nope"),
      await read(mizan, "user", "user_id=5"),
      await ask(mizan, { path: "/session/" }),
      await ask(mizan, { path: "/nope/" }),
      await ask(mizan, { method: "OPTIONS", path: "/call/" }),
    ]) {
      expect(answer.headers["x-mizan-contract"]).toBe(HASH);
    }
  });
});

describe("a call's body", () => {
  const bad = async (body: string | Uint8Array, message: string) =>
    expect(await callText(mizan, body)).toMatchObject({
      status: 400,
      json: { error: true, code: "BAD_REQUEST", message },
    });

  test.each([
    ["", "Request body required"],
    ["\ufeff", "Request body required"],
    ["{", "Invalid JSON in request body"],
    ["   ", "Invalid JSON in request body"],
    ['{"fn":"ping"}x', "Invalid JSON in request body"],
    ['{"fn":"ping","args":{"f":Infinity}}', "Invalid JSON in request body"],
    ["[]", "Request body must be an object, not array"],
    ['"ping"', "Request body must be an object, not string"],
    ["5", "Request body must be an object, not number"],
    ["true", "Request body must be an object, not boolean"],
    ["null", "Request body must be an object, not null"],
    ["{}", "Missing 'fn' field"],
    ['{"fn":5}', "Missing 'fn' field"],
    ['{"fn":["ping"]}', "Missing 'fn' field"],
    ['{"__proto__":{"fn":"ping"}}', "Missing 'fn' field"],
    ['{"fn":"ping","args":[]}', "Input must be an object, not array"],
    ['{"fn":"ping","args":""}', "Input must be an object, not string"],
    ['{"fn":"ping","args":0}', "Input must be an object, not number"],
    ['{"fn":"ping","args":false}', "Input must be an object, not boolean"],
  ])("%j", bad);

  test("that is no UTF-8", () => bad(Uint8Array.of(0x7b, 0xff, 0x7d), "Request body is not UTF-8"));
  test("that was cut off", async () => {
    const answer = await ask(mizan, {
      method: "POST",
      path: "/call/",
      headers: { "content-type": "application/json" },
      body: "aborted",
    });
    expect(answer.status).toBe(400);
  });
  test("with a byte order mark, and with a repeated key", async () => {
    const ok = { status: 200, json: { result: { result: true } } };
    expect(await callText(mizan, '\ufeff{"fn":"ping"}')).toMatchObject(ok);
    expect(await callText(mizan, '{"fn":"nope","fn":"ping"}')).toMatchObject(ok);
  });
  test("nested 64 deep, but no deeper", async () => {
    const nested = (depth: number) =>
      `{"fn":"ping","args":{"x":${"[".repeat(depth - 2)}${"]".repeat(depth - 2)}}}`;
    expect(await callText(mizan, nested(64))).toMatchObject({ status: 200 });
    await bad(nested(65), "Request body is nested deeper than 64");
    await bad(nested(65).replaceAll("[]", '["[["]'), "Request body is nested deeper than 64");
    const brackets = JSON.stringify({ fn: "rename", args: { name: `"\\${"[{".repeat(100)}` } });
    expect(await callText(mizan, brackets)).toMatchObject({ status: 200 });
  });
  test.each([
    ["application/json", 200],
    ["application/json; charset=utf-8", 200],
    ["Application/JSON;x=y", 200],
    ["application/jsonp", 415],
    ["text/plain", 415],
    ["application/x-www-form-urlencoded", 415],
    ["text/plain; application/json", 415],
    ["", 415],
  ])("of type %j: %i", async (type, status) => {
    const answer = await callText(mizan, '{"fn":"ping"}', { "content-type": type });
    expect(answer.status).toBe(status);
    if (status === 415) expect(envelope(answer).code).toBe("UNSUPPORTED_MEDIA_TYPE");
  });
  test("that is compressed", async () => {
    const answer = await callText(mizan, '{"fn":"ping"}', { "content-encoding": "gzip" });
    expect(answer).toMatchObject({ status: 415, json: { code: "UNSUPPORTED_MEDIA_TYPE" } });
  });
  test("that is too large, said or found out", async () => {
    const small = serverOf(given, handlers, { ...options, bodyLimit: 20 });
    const refused = { status: 413, json: { error: true, code: "PAYLOAD_TOO_LARGE" } };
    expect(await callText(small, '{"fn":"ping"}', { "content-length": "21" })).toMatchObject(
      refused,
    );
    const headers = { "content-type": "application/json" };
    expect(
      await ask(small, { method: "POST", path: "/call/", headers, body: "too-large" }),
    ).toMatchObject(refused);
    expect(await callText(small, '{"fn":"ping"}', { "content-length": "20" })).toMatchObject({
      status: 200,
    });
  });
});

describe("a call", () => {
  test("boxes what is not made of structs, and nothing else", async () => {
    expect((await call(mizan, "ping")).json).toEqual({ result: { result: true } });
    expect((await call(mizan, "quiet")).json).toEqual({ result: { result: null } });
    expect((await call(mizan, "user_profile", { user_id: 5 })).json).toEqual({
      result: { user_id: 5, name: "Ada" },
    });
  });
  test("success is JSON that nobody stores, and says nothing of effects", async () => {
    const answer = await call(mizan, "ping", null);
    expect(answer).toMatchObject({
      status: 200,
      headers: { "cache-control": "no-store", "content-type": "application/json; charset=utf-8" },
    });
    expect(answer.headers).not.toHaveProperty("x-mizan-invalidate");
    expect(answer.headers["content-length"]).toBe(String(Buffer.byteLength(answer.body)));
  });
  test("input reaches the handler checked, filled in and without strangers", async () => {
    seen.length = 0;
    await call(mizan, "place", { point: { x: 1, z: 2 }, ids: [1], stranger: true });
    expect(seen).toEqual([{ point: { x: 1 }, ids: [1], note: null }]);
  });
  test("every failing field is listed under its path", async () => {
    const answer = await call(mizan, "place", { point: { x: "1" }, ids: [1, "b", null], note: 5 });
    expect(answer).toMatchObject({ status: 422, headers: { "cache-control": "no-store" } });
    expect(envelope(answer)).toMatchObject({
      code: "VALIDATION_ERROR",
      message: "Input validation failed",
    });
    expect(envelope(answer).details).toEqual({
      fields: {
        "point.x": ["Expected an integer"],
        "ids.1": ["Expected an integer"],
        "ids.2": ["Expected an integer"],
        note: ["Expected a string"],
      },
    });
  });
  test("a grouped name is one name", async () => {
    expect((await call(mizan, "orders.place")).status).toBe(200);
  });
  test("an output has the declared fields, in declared order", async () => {
    expect((await call(mizan, "leaky")).body).toBe('{"result":{"user_id":5,"name":"Ada"}}');
  });
  test("an output of the wrong shape is named in the log alone", async () => {
    lines.length = 0;
    const answer = await call(mizan, "wrong");
    expect(answer.status).toBe(500);
    expect(answer.body).not.toMatch(/user_id|wrong|name/);
    expect(lines).toEqual([
      {
        level: "error",
        message: "mizan: wrong failed",
        fields: expect.objectContaining({
          error: new TypeError(
            "wrong answered the wrong shape: user_id: Expected an integer; name: Expected a string",
          ),
        }),
      },
    ]);
  });
  test("unchecked outputs still leave with declared fields only", async () => {
    const trusting = serverOf(given, handlers, {
      ...options,
      validateOutput: "development",
      mode: "production",
    });
    expect((await call(trusting, "leaky")).json).toEqual({ result: { user_id: 5, name: "Ada" } });
    const strict = serverOf(given, handlers, {
      ...options,
      validateOutput: "development",
      mode: "development",
    });
    expect((await call(strict, "wrong")).status).toBe(500);
  });
});

describe("what a handler throws", () => {
  test("a declared error answers its own code, status and text", async () => {
    expect(await call(mizan, "fail", { how: "gone" })).toMatchObject({
      status: 410,
      headers: { "cache-control": "no-store" },
      json: { error: true, code: "GONE", message: "Long gone" },
    });
    expect(envelope(await call(mizan, "fail", { how: "gone" }))).not.toHaveProperty("details");
  });
  test("its details are checked and encoded like an output", async () => {
    expect(envelope(await call(mizan, "fail", { how: "stock" })).details).toEqual({
      left: 2,
      id: "abcdef00-0000-0000-0000-000000000000",
    });
    expect(await call(mizan, "fail", { how: "bad details" })).toMatchObject({
      status: 500,
      json: { code: "INTERNAL_ERROR" },
    });
  });
  test("a stub is 501", async () => {
    expect(await call(mizan, "fail", { how: "stub" })).toMatchObject({
      status: 501,
      json: { error: true, code: "NOT_IMPLEMENTED" },
    });
  });
  test.each(["Error", "nothing", "frozen"])("anything else is hidden: %s", async (how) => {
    lines.length = 0;
    const answer = await call(mizan, "fail", { how });
    expect(answer).toMatchObject({
      status: 500,
      json: { error: true, code: "INTERNAL_ERROR", message: "An internal error occurred" },
    });
    expect(answer.body).not.toMatch(/secret|at /);
    const { request_id } = envelope(answer).details as { request_id: string };
    expect(lines).toEqual([
      {
        level: "error",
        message: "mizan: fail failed",
        fields: expect.objectContaining({ request_id }),
      },
    ]);
  });
  test("an error that another function declares is none of this one's", async () => {
    const borrowed = serverOf(
      {
        ...given,
        contexts: [],
        functions: [{ name: "lender", errors: ["Gone"] }, { name: "borrower" }],
      },
      {
        lender: (_: unknown, { errors }: Ctx) => {
          throw errors["Gone"]?.();
        },
        borrower: (_: unknown, ctx: { call: { lender(): Promise<unknown> } }) => ctx.call.lender(),
      },
    );
    expect((await call(borrowed, "lender")).status).toBe(410);
    expect(await call(borrowed, "borrower")).toMatchObject({
      status: 500,
      json: { code: "INTERNAL_ERROR" },
    });
  });
});

describe("the order of checks", () => {
  // Each request has this fault and all later ones; the first is what is answered.
  const strict = serverOf(given, handlers, {
    ...options,
    contract: "strict",
    bodyLimit: 200,
    csrf: { secret: "a secret of some length" },
  });
  const everyFault = {
    "content-type": "text/plain",
    "content-length": "201",
    "x-mizan-token": "garbage",
    origin: "https://evil.example",
    "x-mizan-contract": "another",
  };
  async function session() {
    const { headers, json } = await ask(strict, { path: "/session/" });
    const cookie = String(headers["set-cookie"]).split(";")[0] ?? "";
    return { cookie, "x-csrftoken": (json as { csrfToken: string }).csrfToken };
  }
  const at = async (corrected: Record<string, string | undefined>, body: string) => {
    const headers = Object.entries({ ...everyFault, ...corrected }).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    );
    const { status, json } = await ask(strict, {
      method: "POST",
      path: "/call/",
      headers: Object.fromEntries(headers),
      body,
    });
    const { code, details } = json as { code: string; details?: { reason?: string } };
    return [status, code, ...(details?.reason ? [details.reason] : [])];
  };

  test("method, media type, size, token, origin, CSRF, body, fn, function, contract, private, guard, args, input, predicate", async () => {
    expect((await ask(strict, { method: "PUT", path: "/call/", headers: everyFault })).status).toBe(
      405,
    );
    const fixed: Record<string, string | undefined> = {};
    expect(await at(fixed, "{")).toEqual([415, "UNSUPPORTED_MEDIA_TYPE"]);
    fixed["content-type"] = "application/json";
    expect(await at(fixed, "{")).toEqual([413, "PAYLOAD_TOO_LARGE"]);
    fixed["content-length"] = "1";
    expect(await at(fixed, "{")).toEqual([401, "UNAUTHORIZED"]);
    fixed["x-mizan-token"] = undefined;
    expect(await at(fixed, "{")).toEqual([403, "FORBIDDEN", "origin"]);
    fixed["origin"] = undefined;
    expect(await at(fixed, "{")).toEqual([403, "FORBIDDEN", "csrf"]);
    Object.assign(fixed, await session());
    expect(await at(fixed, "{")).toEqual([400, "BAD_REQUEST"]);
    expect(await at(fixed, '{"args":5}')).toEqual([400, "BAD_REQUEST"]);
    expect(await at(fixed, '{"fn":"nope","args":5}')).toEqual([404, "NOT_FOUND"]);
    expect(await at(fixed, '{"fn":"hidden","args":5}')).toEqual([409, "CONTRACT_MISMATCH"]);
    fixed["x-mizan-contract"] = HASH;
    expect(await at(fixed, '{"fn":"hidden","args":5}')).toEqual([403, "FORBIDDEN"]);
    expect(await at(fixed, '{"fn":"staff_only","args":5}')).toEqual([401, "UNAUTHORIZED"]);
    fixed["x-user"] = "ada";
    expect(await at(fixed, '{"fn":"staff_only","args":5}')).toEqual([403, "FORBIDDEN"]);
    fixed["x-user"] = "sam";
    expect(await at(fixed, '{"fn":"staff_only","args":5}')).toEqual([400, "BAD_REQUEST"]);
    expect(await at(fixed, '{"fn":"staff_only","args":{}}')).toEqual([422, "VALIDATION_ERROR"]);
    expect(await at(fixed, '{"fn":"guarded","args":{"n":"1"}}')).toEqual([422, "VALIDATION_ERROR"]);
    expect(await at(fixed, '{"fn":"guarded","args":{"n":1}}')).toEqual([403, "FORBIDDEN"]);
    expect(await at(fixed, '{"fn":"guarded","args":{"n":13}}')).toEqual([500, "INTERNAL_ERROR"]);
  });
  test("a client that names no contract is served, strictly or not", async () => {
    const headers = { ...(await session()), "content-type": "application/json" };
    const body = '{"fn":"ping"}';
    expect((await ask(strict, { method: "POST", path: "/call/", headers, body })).status).toBe(200);
    expect((await call(mizan, "ping", {}, { "x-mizan-contract": "another" })).status).toBe(200);
    const other = await ask(strict, {
      path: "/ctx/user/",
      query: "user_id=5",
      headers: { "x-mizan-contract": "x" },
    });
    expect(other).toMatchObject({ status: 409, json: { code: "CONTRACT_MISMATCH" } });
  });
});

describe("names that every object has", () => {
  test.each(["__proto__", "constructor", "toString", "hasOwnProperty", "prototype"])(
    "%s is no function",
    async (name) => {
      expect(await call(mizan, name)).toMatchObject({
        status: 404,
        json: { message: "Function not found" },
      });
      expect(await read(mizan, name)).toMatchObject({
        status: 404,
        json: { message: `Context '${name}' not found` },
      });
    },
  );
  test("a prototype supplies no arg", async () => {
    const answer = await callText(mizan, '{"fn":"rename","args":{"__proto__":{"name":"x"}}}');
    expect(envelope(answer).details).toEqual({ fields: { name: ["Required"] } });
  });
});
