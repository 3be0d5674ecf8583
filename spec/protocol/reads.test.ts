/** spec/protocol.md, "Reading a context": context bundles, their order, their failures, and what caches may do. */
import { createHash } from "node:crypto";
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
import type { Mizan } from "@mizan/runtime/server";
import { ask, read, recorder, serverOf, type Answered } from "./ask.js";

type Input = { id: number; how?: string };
const id = field("id", integer());
const how = field("how", optional(string()), { omittable: true });
const error = (name: string, code: string, status: number) => ({
  name,
  code,
  status,
  message: name,
  fields: [],
});

/** Names in the order in which their handlers began and ended. */
const events: string[] = [];
const delays: Record<string, number> = {};
const reader =
  (name: string) =>
  async ({ how: wanted }: Input, ctx: { errors: Record<string, () => Error>; user: unknown }) => {
    events.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, delays[name] ?? 0));
    events.push(`${name} ends`);
    if (wanted === name) throw ctx.errors["Failed"]?.();
    if (wanted === "all") throw ctx.errors[name === "alpha" ? "Failed" : "Other"]?.();
    return { zeta: name, alpha: ctx.user === null ? 0 : 1 };
  };

const { logger } = recorder();
const mizan: Mizan = serverOf(
  {
    structs: [{ name: "Row", fields: [field("zeta", string()), field("alpha", integer())] }],
    errors: [error("Failed", "FAILED", 410), error("Other", "OTHER", 418)],
    contexts: [
      { name: "trio", functions: ["alpha", "beta", "gamma"] },
      { name: "guarded", functions: ["a_checked", "b_asked", "c_staff"] },
      { name: "boxes", functions: ["count", "nothing"] },
      { name: "open", functions: ["public_row"], cache: { ttl: 60, public: true } },
      { name: "tagged", functions: ["tagged"] },
    ],
    functions: [
      ...["gamma", "alpha", "beta"].map((name) => ({
        name,
        input: name === "beta" ? [id, how] : [how],
        output: ref("Row"),
        boxed: false,
        context: "trio",
        errors: ["Failed", "Other"],
      })),
      { name: "a_checked", input: [id], context: "guarded" },
      {
        name: "b_asked",
        input: [field("n", integer())],
        context: "guarded",
        guard: { predicate: "positive" },
      },
      { name: "c_staff", context: "guarded", guard: { role: "staff" as const } },
      { name: "count", output: integer(), context: "boxes" },
      { name: "nothing", context: "boxes" },
      { name: "public_row", output: ref("Row"), boxed: false, context: "open" },
      {
        name: "tagged",
        input: [
          field("tags", list(string())),
          field("where", optional(json()), { omittable: true }),
        ],
        output: json(),
        context: "tagged",
      },
    ],
  },
  {
    alpha: reader("alpha"),
    beta: reader("beta"),
    gamma: reader("gamma"),
    a_checked: () => null,
    b_asked: () => null,
    c_staff: () => null,
    count: () => 5,
    nothing: () => undefined,
    public_row: reader("public"),
    tagged: (input: object) => input,
  },
  {
    logger,
    authenticate: ({ headers }) => (headers["x-user"] === "sam" ? { id: 1, isStaff: true } : null),
    predicates: { positive: ({ input }: { input: { n: number } }) => input.n > 0 },
  },
);
const code = ({ json: body }: Answered) => (body as { code: string }).code;

beforeEach(() => {
  events.length = 0;
  for (const name of Object.keys(delays)) delete delays[name];
});

describe("a bundle", () => {
  test("is unwrapped, sorted by function, with fields in declared order", async () => {
    const answer = await read(mizan, "trio", "id=1");
    expect(answer.body).toBe(
      '{"alpha":{"zeta":"alpha","alpha":0},\n"beta":{"zeta":"beta","alpha":0},\n"gamma":{"zeta":"gamma","alpha":0}}',
    );
    expect(answer.headers).toMatchObject({
      "cache-control": "private, no-cache",
      "content-type": "application/json; charset=utf-8",
    });
    expect((await read(mizan, "boxes")).body).toBe(
      '{"count":{"result":5},\n"nothing":{"result":null}}',
    );
  });
  test("runs its functions side by side", async () => {
    Object.assign(delays, { alpha: 300, beta: 150 });
    await read(mizan, "trio", "id=1");
    expect(events).toEqual([
      "alpha begins",
      "beta begins",
      "gamma begins",
      "gamma ends",
      "beta ends",
      "alpha ends",
    ]);
  });
  test("is the same bytes whatever the order of params, declared or not", async () => {
    const bodies = await Promise.all(
      ["id=1&how=x", "how=x&id=1", "zzz=1&id=1&how=x&id=1", "id=001&how=x"].map((query) =>
        read(mizan, "trio", query),
      ),
    );
    expect(new Set(bodies.map(({ body }) => body)).size).toBe(1);
    expect(new Set(bodies.map(({ headers }) => headers["etag"])).size).toBe(1);
  });
});

test("a map is the same bytes in whatever order its handler made it, and json is as it came", async () => {
  const functions = [
    { name: "counts", output: map(integer()), context: "all" },
    { name: "notes", output: json(), context: "all" },
  ];
  let notes: object = {};
  let counts: object = {};
  const server = serverOf(
    { contexts: [{ name: "all", functions: ["counts", "notes"] }], functions },
    { counts: () => counts, notes: () => notes },
  );
  counts = { b: 2, "\u{1f600}": 5, a: 1, "\uffff": 4, 10: 0, 9: -1, B: 3 };
  const one = await read(server, "all");
  counts = { 9: -1, 10: 0, "\uffff": 4, "\u{1f600}": 5, B: 3, a: 1, b: 2 };
  const other = await read(server, "all");
  expect(one.body).toContain('{"9":-1,"10":0,"B":3,"a":1,"b":2,"\uffff":4,"\u{1f600}":5}');
  expect([other.body, other.headers["etag"]]).toEqual([one.body, one.headers["etag"]]);
  notes = { b: 1, a: 1 };
  expect((await read(server, "all")).body).toContain('{"b":1,"a":1}');
});

describe("of several failures", () => {
  test("the first function's is answered, not the fastest one's", async () => {
    Object.assign(delays, { alpha: 20 });
    expect(await read(mizan, "trio", "id=1&how=all")).toMatchObject({ status: 410 });
    expect(code(await read(mizan, "trio", "id=1&how=gamma"))).toBe("FAILED");
  });
  test("each check is made for all functions before the next", async () => {
    const status = async (query: string, user = ""): Promise<number> =>
      (await read(mizan, "guarded", query, { "x-user": user })).status;
    // The guard is the last function's, the faulty input the first one's.
    expect(await status("id=x&n=x")).toBe(401);
    expect(await status("id=x&n=-1", "sam")).toBe(422);
    expect(await status("id=1&n=-1", "sam")).toBe(403);
    expect(await status("id=1&n=1", "sam")).toBe(200);
  });
  test("a faulty input runs no handler", async () => {
    expect(await read(mizan, "trio", "id=x")).toMatchObject({
      status: 422,
      headers: { "cache-control": "no-store" },
      json: { code: "VALIDATION_ERROR", details: { fields: { id: ["Expected an integer"] } } },
    });
    expect(events).toEqual([]);
  });
  test("an unknown context is named", async () => {
    expect(await read(mizan, "%C3%A9")).toMatchObject({
      status: 404,
      json: { message: "Context 'é' not found" },
    });
    expect(await read(mizan, "%FF")).toMatchObject({
      status: 404,
      json: { message: "Context '%FF' not found" },
    });
    expect(await read(mizan, "a%2Fb")).toMatchObject({
      status: 404,
      json: { message: "Context 'a/b' not found" },
    });
  });
});

describe("a query", () => {
  const seen = async (query: string) => {
    const { json: body } = await read(mizan, "tagged", query);
    return (body as { tagged: { result: { tags: unknown; where: unknown } } }).tagged.result;
  };
  test.each<[string, string[]]>([
    ["tags=a", ["a"]],
    ["tags=a&tags=b", ["a", "b"]],
    ["tags=", [""]],
    ["tags", [""]],
    ["tags=a+b%20c", ["a b c"]],
    ["tags=a=b", ["a=b"]],
    ["tags=%E2%98%83", ["☃"]],
    ["tags=100%", ["100%"]],
    ["tags=%zz%2", ["%zz%2"]],
    ["tags=a;b", ["a;b"]],
    ["&&tags=a&", ["a"]],
    ["t%61gs=a", ["a"]],
    ["tags=\u00c3\u00a9", ["é"]],
    ["tags=a&tags[]=b", ["a"]],
  ])("%s", async (query, tags) => {
    expect((await seen(query)).tags).toEqual(tags);
  });
  test.each(["tags=%FF", "tags=a&%ff=1", "tags=%C3", "tags=\u00ff", "tags=%ED%A0%80"])(
    "%j is no UTF-8",
    async (query) => {
      expect(await read(mizan, "tagged", query)).toMatchObject({
        status: 400,
        json: { code: "BAD_REQUEST" },
      });
    },
  );
  test("is looked at before the context", async () => {
    expect((await read(mizan, "nope", "x=%FF")).status).toBe(400);
  });
  test("absent means null, a default, or a fault", async () => {
    expect((await seen("tags=a")).where).toBeNull();
    expect((await seen('tags=a&where={"b":[1]}')).where).toEqual({ b: [1] });
    expect(await read(mizan, "tagged")).toMatchObject({
      json: { details: { fields: { tags: ["Required"] } } },
    });
    expect(await read(mizan, "tagged", "tags=a&where={")).toMatchObject({ status: 422 });
  });
});

describe("what caches may do", () => {
  test("the tag is strong and of the body", async () => {
    const { headers, body } = await read(mizan, "trio", "id=1");
    expect(headers["etag"]).toMatch(/^"[\w-]+"$/);
    const digest = createHash("sha256").update(body).digest("base64url");
    expect(digest).toContain(String(headers["etag"]).slice(1, -1));
  });
  test("an unchanged bundle costs no body", async () => {
    const { headers } = await read(mizan, "trio", "id=1");
    const etag = String(headers["etag"]);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
      const answer = await read(mizan, "trio", "id=1", { "if-none-match": known });
      expect(answer).toMatchObject({
        status: 304,
        body: "",
        headers: { etag, "cache-control": "private, no-cache" },
      });
      expect(answer.headers).not.toHaveProperty("content-length");
    }
    for (const other of ['"other"', etag.slice(1, -1), ""]) {
      expect((await read(mizan, "trio", "id=1", { "if-none-match": other })).status).toBe(200);
    }
    const head = await ask(mizan, {
      method: "HEAD",
      path: "/ctx/trio/",
      query: "id=1",
      headers: { "if-none-match": etag },
    });
    expect(head.status).toBe(304);
  });
  test("a public context is shared, and depends on nobody", async () => {
    const anonymous = await read(mizan, "open");
    const signedIn = await read(mizan, "open", "", { "x-user": "sam" });
    expect(anonymous.headers["cache-control"]).toBe("public, max-age=0, s-maxage=60");
    expect(signedIn.body).toBe(anonymous.body);
    expect((await read(mizan, "trio", "id=1", { "x-user": "sam" })).body).toContain('"alpha":1');
  });
  test("a failure is stored by nobody", async () => {
    const answer = await read(mizan, "trio", "id=1&how=alpha");
    expect(answer.headers["cache-control"]).toBe("no-store");
    expect(answer.headers).not.toHaveProperty("etag");
  });
});
