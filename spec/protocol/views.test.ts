/**
 * Views over real sockets, behind Express 5, Express 4 and bare node:http: what they are given, what they may
 * answer with, what becomes of effects and failures, and what is left to the application.
 */
import {
  createServer as createHttpServer,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import { rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import express, { type Express, type Response } from "express";
import {
  createServer,
  date,
  enumOf,
  field,
  file,
  integer,
  list,
  optional,
  ref,
  string,
  type ContractDefinition,
  type ServerOptions,
  type UploadedFile,
  type ViewDefinition,
} from "@mizan/runtime/abi/v1/server";
import type { Cache } from "@mizan/runtime/cache";
import { nodeListener, type Mizan } from "@mizan/runtime/server";
import { listenOn } from "../support/listen.js";
import { eventually } from "../support/eventually.js";
import type { MizanOptions as GeneratedOptions } from "../../generated/views/server/handlers.js";
import { createMizan as createGenerated } from "../../generated/views/server/mizan.js";
import { contractOf, HASH, recorder } from "./ask.js";
import { send, type Got, type Sent } from "./sockets.js";

/** One part of a form; with a file's name, a file. */
const part = (name: string, text: string, fileName?: string): string => {
  const head = `Content-Disposition: form-data; name="${name}"`;
  const rest = fileName === undefined ? "" : `; filename="${fileName}"\r\nContent-Type: image/png`;
  return `--b\r\n${head}${rest}\r\n\r\n${text}\r\n`;
};
const parts = (...all: readonly string[]): string => `${all.join("")}--b--\r\n`;
const MULTIPART = { "content-type": "multipart/form-data; boundary=b" };
const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "content-type": "application/json" };

type Ctx = {
  readonly res: ServerResponse;
  readonly req: { readonly url?: string };
  readonly user: { readonly id: string } | null;
  readonly signal: AbortSignal;
  readonly requestId: string;
  readonly errors: { readonly Gone: (details: { readonly id: number }) => Error };
  readonly invalidate: {
    readonly user: (params?: object) => void;
    readonly board: () => void;
  };
  readonly call: {
    readonly rename: (args: object) => Promise<{ readonly name: string }>;
    readonly secret: () => Promise<unknown>;
  };
  identityChanged(): void;
  csrfToken(): string;
  notImplemented(): Error;
};
type Handler = (input: never, ctx: Ctx) => unknown;

const id = field("id", integer());
const user = { param: "id" };

/** Answers with what it was given. */
const echo: Handler = (input, { res }) => {
  res.setHeader("Content-Type", "application/json");
  res.end(JSON.stringify(input));
};

/** The last file that came. */
let kept: UploadedFile | null = null;

/** Set by tests: what the view `any` does. */
let act: Handler = echo;

const views: Readonly<Record<string, Omit<ViewDefinition, "name"> & { readonly does?: Handler }>> =
  {
    page: {
      route: ["profile", user],
      methods: ["GET"],
      input: [
        id,
        field("tab", optional(enumOf("a", "b")), { omittable: true }),
        field("page", integer(), { omittable: true, default: 1 }),
        field("tags", optional(list(string())), { omittable: true }),
      ],
      context: "user",
    },
    save: {
      route: ["profile", user],
      methods: ["POST", "PUT"],
      input: [
        id,
        field("name", string({ minLength: 1 })),
        field("born", optional(date()), { omittable: true }),
      ],
      affects: [{ context: "user", params: [["id", ["input", "id"]]] }],
    },
    fresh: { route: ["profile", "new"], methods: ["GET"], input: [] },
    file: {
      route: ["files", { param: "rest", takes: "path" }],
      methods: ["GET"],
      input: [field("rest", string())],
    },
    text: {
      route: ["text", { param: "text" }],
      methods: ["GET"],
      input: [field("text", string())],
    },
    proto: {
      route: ["proto", { param: "constructor" }],
      methods: ["GET", "POST"],
      input: [
        field("constructor", string()),
        field("has_own_property", optional(string()), { omittable: true }),
      ],
    },
    point: {
      route: ["point"],
      methods: ["POST"],
      input: [
        field("at", ref("Point")),
        field("ids", optional(list(integer())), { omittable: true }),
      ],
    },
    any: {
      route: ["any"],
      methods: ["GET", "POST", "DELETE"],
      input: [],
      affects: [{ context: "board" }],
      errors: ["Gone"],
      does: (input, ctx) => act(input, ctx),
    },
    link: { route: ["unsubscribe"], methods: ["GET"], input: [], affects: [{ context: "board" }] },
    guarded: { route: ["mine"], methods: ["GET", "POST"], input: [], guard: { role: "required" } },
    staff: { route: ["staff"], methods: ["GET"], input: [], guard: { role: "staff" } },
    own: { route: ["own", user], methods: ["GET"], input: [id], guard: { predicate: "own" } },
    upload: {
      route: ["avatars", user],
      methods: ["POST"],
      input: [
        id,
        field("picture", file({ maxBytes: 10, accept: ["image/png"] })),
        field("title", string()),
      ],
      guard: { role: "required" },
      does: async (input, { res }) => {
        const { picture, ...rest } = input as { picture: UploadedFile };
        kept = picture;
        const text = Buffer.from(await picture.bytes()).toString();
        res.end(JSON.stringify({ ...rest, name: picture.name, text }));
      },
    },
    stub: {
      route: ["stub"],
      methods: ["GET"],
      input: [],
      does: (_, ctx) => {
        throw ctx.notImplemented();
      },
    },
  };

const definition: ContractDefinition = contractOf({
  structs: [{ name: "Point", fields: [field("x", integer()), field("y", integer())] }],
  errors: [{ name: "Gone", code: "GONE", status: 410, message: "Gone", fields: [id] }],
  contexts: [
    { name: "user", functions: ["look"], cache: { ttl: 60, public: false, scopes: [["id"]] } },
    { name: "board", functions: ["notes"], cache: { ttl: 60, public: false } },
  ],
  functions: [
    { name: "look", input: [id], output: ref("Point"), boxed: false, context: "user" },
    { name: "notes", output: list(string()), context: "board" },
    {
      name: "rename",
      input: [id],
      output: ref("Point"),
      boxed: false,
      affects: [{ context: "user", params: [["id", ["input", "id"]]] }],
      merges: [{ context: "board", slot: "notes" }],
    },
    { name: "secret", guard: { role: "superuser" } },
  ],
  views: Object.entries(views).map(([name, { does, ...view }]) => {
    void does;
    return { name, ...view };
  }),
});

const handlers: object = {
  look: () => ({ x: 1, y: 2 }),
  notes: () => [],
  rename: (_: unknown, ctx: { res: { append(name: string, value: string): void } }) => {
    ctx.res.append("Set-Cookie", "renamed=1");
    return { x: 1, y: 2 };
  },
  secret: () => null,
  ...Object.fromEntries(Object.entries(views).map(([name, { does }]) => [name, does ?? echo])),
};

const { lines, logger } = recorder();
const makeMizan = (options: ServerOptions = {}): Mizan =>
  createServer(definition, handlers, {
    csrf: false,
    logger,
    authenticate: (req) => {
      const name = req.headers["x-user"];
      return typeof name === "string" ? { id: name } : null;
    },
    predicates: {
      own: ({ user: who, input }: { user: { id: string } | null; input: { id: number } }) =>
        who?.id === String(input.id),
    },
    ...options,
  });

type Running = { readonly port: number; readonly mizan: Mizan };

/** Starts what `make` makes; stopped after the suite. */
function running(make: (mizan: Mizan) => Server, options: ServerOptions = {}): Running {
  const mizan = makeMizan(options);
  const server = make(mizan);
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
  afterAll(async () => {
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

const application =
  (make: () => Express, prepare: (app: Express) => void = () => {}) =>
  (mizan: Mizan): Server => {
    const app = make();
    prepare(app);
    app.use("/api/mizan", mizan.router);
    app.use(mizan.views);
    app.delete("/profile/:id", (_req, res) => void res.send("the application's delete"));
    app.get("/about", (_req, res) => void res.send("about"));
    app.use((_req, res) => void (res.headersSent || res.status(404).send("the application's own")));
    app.use((error: unknown, _req: unknown, res: Response, next: unknown) => {
      void next;
      res.status(500).send(`the application's error: ${String(error)}`);
    });
    return createHttpServer(app);
  };

const frameworks: readonly [string, (mizan: Mizan) => Server][] = [
  ["Express 5", application(express)],
  ["Express 4", application(express4)],
  [
    "node:http",
    (mizan) =>
      createHttpServer(
        nodeListener(mizan, {
          otherwise: (req, res) => {
            if (req.method === "DELETE") res.end("the application's delete");
            else if (req.url === "/about") res.end("about");
            else res.writeHead(404).end("the application's own");
          },
        }),
      ),
  ],
];

describe.each(frameworks)("%s", (_name, make) => {
  const server = running(make);
  const get = (path: string, headers: Sent["headers"] = {}): Promise<Got> =>
    send(server.port, { path, headers });
  const post = (path: string, body: Sent["body"], headers: Sent["headers"] = FORM): Promise<Got> =>
    send(server.port, { method: "POST", path, headers, ...(body !== undefined && { body }) });
  const given = async (got: Promise<Got>): Promise<unknown> => JSON.parse((await got).text);

  test("params come from the path, then from the query", async () => {
    expect(await given(get("/profile/5/"))).toEqual({ id: 5, tab: null, page: 1, tags: null });
    expect(await given(get("/profile/5?tab=b&page=3&tags=x&tags=y"))).toEqual({
      id: 5,
      tab: "b",
      page: 3,
      tags: ["x", "y"],
    });
    // The path has spoken; whoever adds `id` to the query changes nothing.
    expect(await given(get("/profile/5?id=6&undeclared=1"))).toMatchObject({ id: 5 });
    expect(await given(get("/profile/new"))).toEqual({});
  });

  test("params come from a body, as a form and as JSON", async () => {
    const saved = { id: 5, name: "Ada L", born: null };
    expect(await given(post("/profile/5/", "name=Ada+L"))).toEqual(saved);
    expect(await given(post("/profile/5", "name=x&name=Ada%20L&id=9"))).toEqual(saved);
    expect(await given(post("/profile/5", '{"name":"Ada L","id":9}', JSON_TYPE))).toEqual(saved);
    expect(await given(post("/profile/5", "name=%C3%A9&born=2024-01-02"))).toEqual({
      id: 5,
      name: "é",
      born: "2024-01-02",
    });
    expect(await given(post("/point", "at=%7B%22x%22:1,%22y%22:2%7D&ids=1&ids=2"))).toEqual({
      at: { x: 1, y: 2 },
      ids: [1, 2],
    });
    // A request without a body has its query.
    expect(await given(post("/profile/5?name=Ada", undefined, {}))).toMatchObject({ name: "Ada" });
  });

  test("params come from a form with files", async () => {
    const headers = { ...MULTIPART, "x-user": "7" };
    const upload = (...all: readonly string[]): Promise<Got> =>
      post("/avatars/5/", parts(...all), headers);
    const picture = part("picture", "pixels", "me.png");
    expect(await given(upload(part("title", "Me"), picture))).toEqual({
      id: 5,
      title: "Me",
      name: "me.png",
      text: "pixels",
    });
    // The file went with the answer.
    for (let turn = 0; turn < 100 && kept !== null; turn++) {
      await new Promise(setImmediate);
      await kept.bytes().catch(() => (kept = null));
    }
    expect(kept).toBeNull();
    const faults = await upload(picture.replace("pixels", "far too large"), part("id", "6"));
    expect(faults.status).toBe(422);
    expect(Object.keys(JSON.parse(faults.text).details.fields).sort()).toEqual([
      "picture",
      "title",
    ]);
    expect(await upload(part("picture", "text"), part("title", "x"))).toMatchObject({
      status: 422,
    });
    expect(await post("/avatars/5", parts(picture), MULTIPART)).toMatchObject({ status: 401 });
    expect(await post("/profile/5", parts(part("name", "Ada")), MULTIPART)).toMatchObject({
      text: '{"id":5,"name":"Ada","born":null}',
    });
    expect(await post("/profile/5", "--b\r\nbroken", MULTIPART)).toMatchObject({ status: 400 });
  });

  test("faults of path, query and body are told together", async () => {
    const got = await get("/profile/x?tab=c&page=1.5");
    expect(got.status).toBe(422);
    expect(got.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(JSON.parse(got.text)).toEqual({
      error: true,
      code: "VALIDATION_ERROR",
      message: "Input validation failed",
      details: {
        fields: { id: [expect.any(String)], tab: [expect.any(String)], page: [expect.any(String)] },
      },
    });
    // JSON is never coerced, a path always is.
    expect(await post("/point", '{"at":{"x":"1","y":2}}', JSON_TYPE)).toMatchObject({
      status: 422,
    });
  });

  test.each([
    ["no JSON", "{", JSON_TYPE, 400],
    ["no object", "[]", JSON_TYPE, 400],
    ["another type", "name=x", { "content-type": "text/plain" }, 415],
    ["no type", "name=x", {}, 415],
    ["compressed", "name=x", { ...FORM, "content-encoding": "gzip" }, 415],
    ["no boundary", "x", { "content-type": "multipart/form-data" }, 400],
    ["not UTF-8", "name=%ff", FORM, 400],
    ["bytes that are not UTF-8", Buffer.from([0x6e, 0x3d, 0xff]), FORM, 400],
    ["too large", "x".repeat(1024 * 1024 + 1), FORM, 413],
  ])("refuses a body: %s", async (_what, body, headers, status) => {
    const got = await post("/profile/5", body, headers);
    expect({ status: got.status, error: JSON.parse(got.text).error }).toEqual({
      status,
      error: true,
    });
    expect(got.headers["cache-control"]).toBe("no-store");
    expect(got.headers["x-mizan-contract"]).toBe(HASH);
  });

  test("a query that is not UTF-8 is 400", async () => {
    expect(await get("/profile/5?tab=%ff")).toMatchObject({ status: 400 });
  });

  test.each([
    "/files/../x",
    "/files/%2e%2e/x",
    "/files/a%2f..%2fx",
    "/files//x",
    "/text/%00",
    "/text/%ff",
    "/text/..",
  ])("%s is no view's, whatever the application makes of it", async (path) => {
    const { text } = await get(path);
    expect(text).not.toContain('"rest"');
    expect(text).not.toContain('"text"');
  });

  test("texts of a path are decoded once", async () => {
    expect(await given(get("/text/%252F%20%C3%A9+"))).toEqual({ text: "%2F é+" });
    expect(await given(get("/text/a%2Fb"))).toEqual({ text: "a/b" });
    expect(await given(get("/files/a/b%20c.txt"))).toEqual({ rest: "a/b c.txt" });
    const long = "x".repeat(12_000);
    expect(await given(get(`/text/${long}`))).toEqual({ text: long });
  });

  test("names that every object has are names", async () => {
    expect(await given(get("/proto/__proto__"))).toEqual({
      constructor: "__proto__",
      has_own_property: null,
    });
    const body = '{"__proto__":{"x":1},"has_own_property":"y"}';
    expect(await given(post("/proto/x", body, JSON_TYPE))).toEqual({
      constructor: "x",
      has_own_property: "y",
    });
    expect(await get("/__proto__")).toMatchObject({ status: 404, text: "the application's own" });
    expect(await get("/constructor")).toMatchObject({ status: 404, text: "the application's own" });
  });

  test("what no view is there for is the application's", async () => {
    expect(await get("/about")).toMatchObject({ status: 200, text: "about" });
    expect(await send(server.port, { method: "DELETE", path: "/profile/5" })).toMatchObject({
      text: "the application's delete",
    });
    expect(await send(server.port, { method: "PATCH", path: "/profile/5" })).toMatchObject({
      status: 404,
      text: "the application's own",
    });
    expect(await get("/Profile/5")).toMatchObject({ text: "the application's own" });
  });

  test("HEAD is GET without the body", async () => {
    const got = await send(server.port, { method: "HEAD", path: "/profile/5" });
    expect(got).toMatchObject({
      status: 200,
      text: "",
      headers: { "content-type": "application/json" },
    });
  });

  test("a view is neither called nor part of a bundle", async () => {
    const called = await post("/api/mizan/call/", '{"fn":"page","args":{"id":5}}', JSON_TYPE);
    expect(called).toMatchObject({ status: 404 });
    const read = await get("/api/mizan/ctx/user/?id=5");
    expect(JSON.parse(read.text)).toEqual({ look: { x: 1, y: 2 } });
  });

  describe("effects", () => {
    const header = "x-mizan-invalidate";

    test("declared ones stand in the header below 400", async () => {
      expect((await post("/profile/5", "name=x")).headers[header]).toBe("user;id=5");
      expect((await get("/unsubscribe")).headers[header]).toBe("board");
    });
    test.each([
      [200, "board"],
      [303, "board"],
      [399, "board"],
      [400, undefined],
      [404, undefined],
      [500, undefined],
    ])("an answer of %i has %s", async (status, expected) => {
      act = (_, { res }) => void res.writeHead(status, { Location: "/" }).end();
      expect(await post("/any", undefined, {})).toMatchObject({ status });
      expect((await post("/any", undefined, {})).headers[header]).toBe(expected);
      act = (_, { res }) => {
        res.statusCode = status;
        res.end("x");
      };
      expect((await post("/any", undefined, {})).headers[header]).toBe(expected);
    });
    test("of a page that is also a form, only the form has any", async () => {
      act = echo;
      expect((await get("/any")).headers[header]).toBeUndefined();
      expect((await post("/any", undefined, {})).headers[header]).toBe("board");
    });
    test("the handler's own follow, and those of functions that it called, merges too", async () => {
      act = async (input, ctx) => {
        ctx.invalidate.user({ id: 7 });
        await ctx.call.rename({ id: 8 });
        ctx.identityChanged();
        return echo(input, ctx);
      };
      const got = await post("/any", undefined, {});
      expect(got.headers[header]).toBe("board, user;id=7, user;id=8");
      expect(got.headers["x-mizan-identity"]).toBe("changed");
      expect(got.headers["set-cookie"]).toEqual(["renamed=1"]);
      expect((await get("/any")).headers[header]).toBe("user;id=7, user;id=8, board");
    });
    test.each<[string, (res: ServerResponse) => void]>([
      ["write", (res) => (res.write("a"), void res.end("b"))],
      ["flushHeaders", (res) => (res.flushHeaders(), void res.end("ab"))],
      ["writeHead and end", (res) => void res.writeHead(200, { "X-Own": "1" }).end("ab")],
      ["raw headers", (res) => void res.writeHead(200, ["X-Own", "1"]).end("ab")],
      ["end later", (res) => void setImmediate(() => res.end("ab"))],
    ])("whichever way it answers: %s", async (_way, answer) => {
      act = (_, { res }) => answer(res);
      const got = await post("/any", undefined, {});
      expect(got).toMatchObject({ status: 200, text: "ab" });
      expect(got.headers[header]).toBe("board");
    });
    test("said too late they are logged, and the answer stays", async () => {
      lines.length = 0;
      act = (_, { res, invalidate }) => {
        res.end("x");
        invalidate.user({ id: 1 });
      };
      const got = await post("/any", undefined, {});
      expect(got.headers[header]).toBe("board");
      expect(lines).toEqual([
        { level: "warn", message: expect.stringContaining("any said what became stale after") },
      ]);
    });
  });

  describe("guards", () => {
    test("nobody is 401, the wrong role 403, a predicate 403", async () => {
      expect(await get("/mine")).toMatchObject({ status: 401 });
      expect(await get("/mine", { "x-user": "7" })).toMatchObject({ status: 200 });
      expect(await get("/staff", { "x-user": "7" })).toMatchObject({ status: 403 });
      expect(await get("/own/7", { "x-user": "7" })).toMatchObject({ status: 200 });
      expect(await get("/own/8", { "x-user": "7" })).toMatchObject({ status: 403 });
      expect(await get("/own/x", { "x-user": "7" })).toMatchObject({ status: 422 });
    });
    test("a function that is called asks its own", async () => {
      act = async (_, { call, res }) => {
        await call.secret();
        res.end();
      };
      expect(await get("/any", { "x-user": "7" })).toMatchObject({ status: 403 });
    });
    test("a token that cannot be verified is 401, on a page too", async () => {
      expect(await get("/profile/5", { "x-mizan-token": "x" })).toMatchObject({ status: 401 });
    });
    test("a foreign page may link, but not post", async () => {
      const foreign = { origin: "https://evil.example" };
      expect(await get("/profile/5", foreign)).toMatchObject({ status: 200 });
      const got = await post("/profile/5", "name=x", { ...FORM, ...foreign });
      expect(got.status).toBe(403);
      expect(JSON.parse(got.text).details).toEqual({ reason: "origin" });
    });
  });

  describe("failures", () => {
    test("a stub is 501, a declared error itself, anything else 500 without its text", async () => {
      expect(await get("/stub")).toMatchObject({ status: 501 });
      act = (_, { errors }) => {
        throw errors.Gone({ id: 5 });
      };
      const gone = await get("/any");
      expect(gone.status).toBe(410);
      expect(JSON.parse(gone.text)).toEqual({
        error: true,
        code: "GONE",
        message: "Gone",
        details: { id: 5 },
      });
      act = async (_, { res, invalidate }) => {
        res.setHeader("Content-Type", "text/html");
        res.setHeader("ETag", '"half"');
        res.setHeader("Content-Length", "3");
        res.setHeader("Set-Cookie", "kept=1");
        invalidate.user();
        await Promise.reject(new Error("secret"));
      };
      lines.length = 0;
      const failed = await post("/any", undefined, {});
      expect(failed.status).toBe(500);
      expect(failed.text).not.toContain("secret");
      expect(JSON.parse(failed.text).invalidate).toBeUndefined();
      expect(failed.headers).toMatchObject({
        "content-type": "application/json; charset=utf-8",
        "cache-control": "no-store",
        "set-cookie": ["kept=1"],
      });
      expect(failed.headers["etag"]).toBeUndefined();
      expect(failed.headers["x-mizan-invalidate"]).toBeUndefined();
      expect(lines).toMatchObject([{ level: "error", message: "mizan: any failed" }]);
    });
    test("one that has answered stays answered, and is logged", async () => {
      act = (_, { res }) => {
        res.end("whole");
        throw new Error("afterwards");
      };
      lines.length = 0;
      expect(await get("/any")).toMatchObject({ status: 200, text: "whole" });
      expect(lines).toMatchObject([{ level: "error" }]);
    });
    test("half an answer is cut off", async () => {
      act = (_, { res }) => {
        res.write("half");
        throw new Error("afterwards");
      };
      await expect(get("/any")).rejects.toThrow(/aborted|socket hang up/);
    });
  });

  test("says how long its answers may be kept, unless the handler does", async () => {
    act = (_, { res }) => void res.end();
    expect((await get("/any")).headers["cache-control"]).toBe("private, no-cache");
    expect((await post("/any", undefined, {})).headers["cache-control"]).toBe("no-store");
    act = (_, { res }) => void res.setHeader("cache-control", "public, max-age=60").end();
    expect((await get("/any")).headers["cache-control"]).toBe("public, max-age=60");
  });

  test("a client that leaves aborts the signal", async () => {
    const seen = new Promise<void>((resolve) => {
      act = (_, { signal, res }) => {
        signal.addEventListener("abort", () => resolve());
        res.write("a");
      };
    });
    const sent = request({ port: server.port, host: "127.0.0.1", path: "/any" }, (response) => {
      response.on("error", () => undefined);
      response.destroy();
    });
    sent.on("error", () => undefined);
    sent.end();
    await seen;
  });
});

describe("node:http without an application", () => {
  const server = running((mizan) => createHttpServer(nodeListener(mizan)));
  test("another method is 405 with Allow, another path 404, OPTIONS 204", async () => {
    const got = await send(server.port, { method: "DELETE", path: "/profile/5" });
    expect(got).toMatchObject({ status: 405, headers: { allow: "GET, HEAD, POST, PUT, OPTIONS" } });
    expect(JSON.parse(got.text)).toEqual({
      error: true,
      code: "BAD_REQUEST",
      message: "Only GET, HEAD, POST, PUT methods allowed",
    });
    expect(await send(server.port, { path: "/nowhere" })).toMatchObject({ status: 404 });
    expect(await send(server.port, { method: "OPTIONS", path: "/unsubscribe" })).toMatchObject({
      status: 204,
      headers: { allow: "GET, HEAD, OPTIONS" },
      text: "",
    });
  });
});

/** Starts a server for one request. */
async function asked(mizan: Mizan, sent: Sent): Promise<Got> {
  const server = application(express)(mizan);
  const port = await listenOn(server);
  try {
    return await send(port, sent);
  } finally {
    server.closeAllConnections();
    await mizan.close();
    server.close();
  }
}

const expresses: readonly [string, () => Express][] = [
  ["Express 5", express],
  ["Express 4", express4],
];
describe.each(expresses)("%s, as applications use it", (_name, make) => {
  const passed: string[] = [];
  const app = application(make, (prepared) => {
    prepared.engine("txt", (path, options, done) => {
      setImmediate(() => done(null, `${path.slice(-8)}: ${String(Reflect.get(options, "name"))}`));
    });
    prepared.set("views", __dirname);
    prepared.use((req, res, next) => {
      if (req.headers["x-answered"] !== undefined) res.end("answered already");
      next();
    });
    prepared.get("/early", (_req, res) => void res.send("before the views"));
    prepared.use(express.json({ limit: 100 }), express.urlencoded({ extended: true, limit: 100 }));
    prepared.use((req, res, next) => {
      // What sessions and compression do: wait, and speak up just before the headers.
      const { end, writeHead } = res;
      res.end = (...args: never[]) => {
        setImmediate(() => Reflect.apply(end, res, args));
        return res;
      };
      res.writeHead = (...args: never[]) => {
        res.setHeader("X-Session", "saved");
        return Reflect.apply(writeHead, res, args);
      };
      if (req.headers["x-broken"] !== undefined) next(new Error("the application's"));
      else next();
    });
    prepared.use((req, _res, next) => {
      passed.push(req.url);
      next();
    });
  });
  const server = running(app);
  const any = (does: (res: Response) => unknown, sent: Partial<Sent> = {}): Promise<Got> => {
    act = (_, { res }) => does(res as Response);
    return send(server.port, { method: "POST", path: "/any", ...sent });
  };

  test.each<[string, (res: Response) => unknown, number, string]>([
    ["send", (res) => res.send("<p>"), 200, "<p>"],
    ["json", (res) => res.status(201).json({ a: 1 }), 201, '{"a":1}'],
    ["redirect", (res) => res.redirect(303, "/x"), 303, "See Other. Redirecting to /x"],
    ["sendStatus", (res) => res.sendStatus(204), 204, ""],
    ["sendFile", (res) => res.sendFile(__filename), 200, "/**"],
  ])("res.%s", async (_way, does, status, text) => {
    const got = await any(does);
    expect(got).toMatchObject({ status, headers: { "x-session": "saved" } });
    expect(got.text.startsWith(text)).toBe(true);
    expect(got.headers["x-mizan-invalidate"]).toBe("board");
    expect(got.headers["x-mizan-contract"]).toBe(HASH);
  });
  test.each<[string, (res: Response) => unknown]>([
    ["by the framework", (res) => (res.send("one"), res.redirect(303, "/x"))],
    ["with a status", (res) => (res.send("one"), res.status(500).send("two"))],
    ["by a page", (res) => (res.send("one"), res.json({ two: 2 }))],
  ])("who answers twice, %s, has answered once, and the log says so", async (_way, does) => {
    lines.length = 0;
    expect(await any(does)).toMatchObject({ status: 200, text: "one" });
    await new Promise(setImmediate);
    expect(lines).toMatchObject([{ level: "error", message: "mizan: any failed" }]);
  });
  test("res.render answers later", async () => {
    const file = `${__dirname}/page.txt`;
    writeFileSync(file, "");
    try {
      expect(await any((res) => res.render("page.txt", { name: "Ada" }))).toMatchObject({
        status: 200,
        text: "page.txt: Ada",
        headers: { "x-mizan-invalidate": "board" },
      });
    } finally {
      rmSync(file);
    }
  });
  test("body parsers in front are harmless", async () => {
    const path = "/profile/5";
    const form = { method: "POST", path, headers: FORM, body: "name=a&name=Ada&x[y]=z" };
    expect(JSON.parse((await send(server.port, form)).text)).toMatchObject({ name: "Ada" });
    const json = { method: "POST", path, headers: JSON_TYPE, body: '{"name":"Ada"}' };
    expect(JSON.parse((await send(server.port, json)).text)).toMatchObject({ name: "Ada" });
  });
  test("what they refuse is told in the envelope, on views alone", async () => {
    const large = { method: "POST", headers: FORM, body: "x".repeat(200) };
    const got = await send(server.port, { ...large, path: "/profile/5" });
    expect(got.status).toBe(413);
    expect(JSON.parse(got.text)).toMatchObject({ code: "PAYLOAD_TOO_LARGE" });
    expect(await send(server.port, { ...large, path: "/about" })).toMatchObject({
      status: 500,
      text: expect.stringContaining("the application's error"),
    });
  });
  test("other errors of the application are the application's", async () => {
    const got = await send(server.port, { path: "/profile/5", headers: { "x-broken": "1" } });
    expect(got).toMatchObject({ status: 500, text: expect.stringContaining("the application's") });
  });
  test("what was answered already is no view's any more", async () => {
    let ran = false;
    act = () => (ran = true);
    const sent: Sent = { path: "/any", headers: { "x-answered": "1" } };
    expect(await send(server.port, sent)).toMatchObject({ text: "answered already" });
    expect(ran).toBe(false);
  });
  test("what stands before the views goes first", async () => {
    expect(await send(server.port, { path: "/early" })).toMatchObject({ text: "before the views" });
    expect(passed).toContain("/profile/5");
  });
  test("routes are absolute from where the views are mounted", async () => {
    const mizan = makeMizan();
    const below = createHttpServer(make().use("/shop", mizan.views));
    const port = await listenOn(below);
    try {
      expect(await send(port, { path: "/shop/profile/5/" })).toMatchObject({ status: 200 });
      expect(await send(port, { path: "/profile/5/" })).toMatchObject({ status: 404 });
    } finally {
      below.closeAllConnections();
      below.close();
    }
  });
});

describe("CSRF", () => {
  const server = running(application(express), { csrf: { secret: "0123456789abcdef" } });
  const page = async (): Promise<{ token: string; cookie: string }> => {
    act = (_, { res, csrfToken }) => void res.end(csrfToken() === csrfToken() ? csrfToken() : "");
    const got = await send(server.port, { path: "/any" });
    const [cookie = ""] = got.headers["set-cookie"] as string[];
    expect(got.headers["set-cookie"]).toHaveLength(1);
    return { token: got.text, cookie: cookie.split(";")[0] ?? "" };
  };
  const post = (headers: Readonly<Record<string, string>>, body?: string): Promise<Got> =>
    send(server.port, {
      method: "POST",
      path: "/any",
      headers,
      ...(body !== undefined && { body }),
    });

  test("a form proves itself by its field, a script by its header", async () => {
    const { token, cookie } = await page();
    act = (_, { res }) => void res.end();
    const field = `csrfToken=${encodeURIComponent(token)}`;
    expect(await post({ ...FORM, cookie }, field)).toMatchObject({ status: 200 });
    expect(await post({ ...FORM, cookie }, `csrfToken=x&${field}`)).toMatchObject({ status: 200 });
    expect(await post({ cookie, "x-csrftoken": token })).toMatchObject({ status: 200 });
    const json = { ...JSON_TYPE, cookie, "x-csrftoken": token };
    expect(await post(json, "{}")).toMatchObject({ status: 200 });
    const multipart = { ...MULTIPART, cookie };
    expect(await post(multipart, parts(part("csrfToken", token)))).toMatchObject({
      status: 200,
    });
  });
  test.each<
    [string, (token: string, cookie: string) => [Readonly<Record<string, string>>, string?]]
  >([
    ["nothing", () => [{}]],
    ["no cookie", (token) => [FORM, `csrfToken=${token}`]],
    ["no token", (_, cookie) => [{ ...FORM, cookie }, "x=1"]],
    ["another token", (_, cookie) => [{ ...FORM, cookie }, "csrfToken=abc"]],
    [
      "a wrong header beside a right field",
      (token, cookie) => [{ ...FORM, cookie, "x-csrftoken": "x" }, `csrfToken=${token}`],
    ],
    ["a token in the query", (token, cookie) => [{ ...FORM, cookie }, `x=${token}`]],
    ["a token in JSON", (token, cookie) => [{ ...JSON_TYPE, cookie }, `{"csrfToken":"${token}"}`]],
    [
      "a form that is not UTF-8",
      (token, cookie) => [{ ...FORM, cookie }, `csrfToken=${token}&x=%ff`],
    ],
    ["parts without one", (_, cookie) => [{ ...MULTIPART, cookie }, parts(part("x", "y"))]],
  ])("%s is 403", async (_what, make) => {
    const { token, cookie } = await page();
    act = (_, { res }) => void res.end("got through");
    const got = await post(...make(token, cookie));
    expect(got.status).toBe(403);
    expect(JSON.parse(got.text).details).toEqual({ reason: "csrf" });
  });
  test("in a form with files it stands before the first of them", async () => {
    const { token, cookie } = await page();
    const headers = { ...MULTIPART, cookie, "x-user": "7" };
    const proof = part("csrfToken", token);
    const rest = [part("picture", "pixels", "a.png"), part("title", "Me")];
    const upload = (...all: readonly string[]): Promise<Got> =>
      send(server.port, { method: "POST", path: "/avatars/5", headers, body: parts(...all) });
    expect(await upload(proof, ...rest)).toMatchObject({ status: 200 });
    expect(await upload(...rest, proof)).toMatchObject({ status: 403 });
    expect(await upload(...rest)).toMatchObject({ status: 403 });
  });
  test("pages ask for none", async () => {
    expect(await send(server.port, { path: "/profile/5" })).toMatchObject({ status: 200 });
  });
});

describe("a server that insists on its contract", () => {
  const server = running(application(express), { contract: "strict" });
  test("refuses a client generated from another, and serves browsers, which say none", async () => {
    const page = (headers: Sent["headers"] = {}): Promise<Got> =>
      send(server.port, { path: "/profile/5", headers });
    expect(await page({ "x-mizan-contract": "ffffffffffffffff" })).toMatchObject({ status: 409 });
    expect(await page({ "x-mizan-contract": HASH })).toMatchObject({ status: 200 });
    expect(await page()).toMatchObject({ status: 200 });
  });
});

describe("the server's cache", () => {
  /** What happened, in order; what a purge waits for. */
  let steps: unknown[] = [];
  let purging: Promise<void> = Promise.resolve();
  const cache: Cache = {
    load: async (_entry, loader) => {
      const bundle = await loader();
      return bundle === null ? null : { bundle, hit: false };
    },
    purge: async (scopes) => {
      const of = scopes.map(({ plan, text }) => plan.context + text);
      steps.push(["purge", ...of]);
      await purging;
      steps.push("purged");
    },
    close: async () => undefined,
  };
  const server = running(application(express), { cache });
  beforeEach(() => {
    steps = [];
    purging = Promise.resolve();
  });
  const post = (): Promise<Got> =>
    send(server.port, { method: "POST", path: "/any" }).finally(() => steps.push("answered"));

  test("is purged before the answer leaves", async () => {
    let release: () => void = () => undefined;
    purging = new Promise((resolve) => {
      release = resolve;
    });
    act = (_, { res, invalidate }) => {
      invalidate.user({ id: 5 });
      steps.push("changed");
      res.end("x");
      steps.push("handler done");
      setImmediate(release);
    };
    expect(await post()).toMatchObject({ text: "x" });
    expect(steps).toEqual([
      "changed",
      ["purge", "board", expect.stringMatching(/^user/)],
      "handler done",
      "purged",
      "answered",
    ]);
  });
  test.each<[string, (res: Response) => unknown]>([
    ["at once", (res) => (res.end("one"), res.end("two"))],
    ["in pieces", (res) => (res.end("one"), res.write("two"))],
  ])("what is answered after the end, %s, is only logged", async (_when, does) => {
    lines.length = 0;
    act = (_, { res }) => does(res as Response);
    expect(await post()).toMatchObject({ status: 200, text: "one" });
    await eventually(() =>
      expect(lines).toMatchObject([{ level: "error", message: "mizan: any failed" }]),
    );
  });
  test("is left alone from 400 on, but for what the handler said", async () => {
    act = (_, { res }) => void res.writeHead(404).end();
    await post();
    expect(steps).toEqual(["answered"]);
    steps = [];
    act = (_, { invalidate }) => {
      invalidate.user();
      throw new Error("after a change");
    };
    await post();
    expect(steps).toEqual([["purge", "user"], "purged", "answered"]);
  });
  test.each([
    ["what it changed since", [], []],
    ["what it said too late", ["user"], [{ level: "warn" }]],
  ])("is purged again when the handler went on, for %s", async (_what, said, logged) => {
    lines.length = 0;
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let ended: Promise<unknown> = Promise.resolve();
    act = (_, { res, invalidate }) => {
      res.end("x");
      ended = finished.then(() => void (said.length > 0 && invalidate.user()));
      return ended;
    };
    await post();
    expect(steps).toEqual([["purge", "board"], "purged", "answered"]);
    finish();
    await ended;
    await new Promise(setImmediate);
    expect(steps.slice(3)).toEqual([["purge", "board", ...said], "purged"]);
    expect(lines).toMatchObject(logged);
  });
  test("is purged for what comes when handler and answer are done", async () => {
    lines.length = 0;
    let later = (): void => undefined;
    act = (_, { res, invalidate }) => {
      later = () => invalidate.user();
      // The answer comes after the handler's end, and knows what was said until then.
      setImmediate(() => (invalidate.user({ id: 5 }), res.end("x")));
    };
    expect((await post()).headers["x-mizan-invalidate"]).toBe("board, user;id=5");
    steps = [];
    later();
    await new Promise(setImmediate);
    expect(steps).toEqual([["purge", "user"], "purged"]);
    expect(lines).toMatchObject([
      { level: "warn", message: expect.stringContaining("after its answer") },
    ]);
  });
  test("is purged although the client has left", async () => {
    let left: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => {
      left = resolve;
    });
    act = (_, { signal }) => {
      signal.addEventListener("abort", left);
      sent.destroy();
      return gone;
    };
    const where = { port: server.port, host: "127.0.0.1", method: "POST", path: "/any" };
    const sent = request(where);
    sent.on("error", () => undefined);
    sent.end();
    await gone;
    await new Promise(setImmediate);
    expect(steps).toEqual([["purge", "board"], "purged"]);
  });
});

describe("time", () => {
  const purged: string[] = [];
  const cache: Cache = {
    load: async (_entry, loader) => (await loader()) && null,
    purge: async (scopes) => void purged.push(...scopes.map(({ plan }) => plan.context)),
    close: async () => undefined,
  };
  const server = running(application(express), { handlerTimeoutMs: 20, cache });
  test("a handler that does not answer is 500, and told to stop", async () => {
    let aborted = false;
    act = (_, { signal }) => {
      signal.addEventListener("abort", () => (aborted = true));
    };
    lines.length = 0;
    expect(await send(server.port, { path: "/any" })).toMatchObject({ status: 500 });
    expect(aborted).toBe(true);
    expect(lines).toMatchObject([{ level: "error", message: "mizan: any failed" }]);
  });
  test("what it changes after all is purged, although nobody hears of it", async () => {
    let finish: () => void = () => undefined;
    act = () => new Promise<void>((resolve) => (finish = resolve));
    const sent: Sent = { method: "POST", path: "/any" };
    expect(await send(server.port, sent)).toMatchObject({ status: 500 });
    expect(purged).toEqual([]);
    lines.length = 0;
    finish();
    await new Promise(setImmediate);

    expect(purged).toEqual(["board"]);
    expect(lines).toEqual([]);
  });
  test("one that has begun may go on", async () => {
    act = (_, { res }) => {
      res.write("a");
      setTimeout(() => res.end("b"), 60);
    };
    expect(await send(server.port, { path: "/any" })).toMatchObject({ status: 200, text: "ab" });
  });
});

test("closing waits for views, and refuses new ones", async () => {
  const mizan = makeMizan();
  const server = application(express)(mizan);
  const port = await listenOn(server);
  let answer: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => {
    act = (_, { res }) => {
      answer = () => void res.end("late");
      resolve();
    };
  });
  const first = send(port, { path: "/any" });
  await reached;
  let closed = false;
  const closing = mizan.close().then(() => (closed = true));
  const refused = await send(port, { path: "/profile/5" });
  expect(refused).toMatchObject({ status: 503, headers: { "retry-after": expect.any(String) } });
  expect(JSON.parse(refused.text)).toMatchObject({ code: "UNAVAILABLE" });
  expect(closed).toBe(false);
  answer();
  expect(await first).toMatchObject({ text: "late" });
  await closing;
  server.closeAllConnections();
  server.close();
});

describe("start", () => {
  const starting = (without: object, options: ServerOptions = {}): (() => Mizan) => {
    const rest = { ...handlers, ...without };
    return () => createServer(definition, rest, { csrf: false, logger, ...options });
  };
  const predicates = { own: () => true };
  test("a view without a handler or a predicate is named", () => {
    expect(starting({ page: undefined }, { predicates })).toThrow("no handler for the view page");
    expect(starting({ page: "x" }, { predicates })).toThrow("no handler for the view page");
    expect(starting({})).toThrow("no predicate own");
  });
  test("a contract without views has none", () => {
    const { views: _, ...rest } = definition;
    expect(createServer(rest, handlers, { csrf: false, logger }).views).toHaveLength(2);
  });
});

describe("a generated server", () => {
  const page = (options: GeneratedOptions, path: string, headers: Sent["headers"] = {}) =>
    asked(createGenerated({ csrf: false, logger, ...options }), { path, headers });
  const predicates = { own_profile: () => true };
  const authenticate = (): { id: number } => ({ id: 1 });

  test("mounts its views, whose stubs say that they are stubs", async () => {
    expect(await page({ predicates }, "/profile/5/")).toMatchObject({ status: 401 });
    expect(await page({ predicates, authenticate }, "/profile/5")).toMatchObject({ status: 501 });
    expect(await page({ predicates, authenticate }, "/profile/x/")).toMatchObject({ status: 422 });
    expect(await page({ predicates }, "/files/a/b.txt")).toMatchObject({ status: 501 });
    expect(await page({ predicates }, "/")).toMatchObject({ status: 501 });
    expect(await page({ predicates }, "/sign-out")).toMatchObject({ status: 404 });
  });
});
