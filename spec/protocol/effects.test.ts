/** spec/protocol.md, "Effects": what an answer says about contexts, in the body and in the header. */
import {
  datetime,
  field,
  integer,
  json,
  list,
  number,
  optional,
  ref,
  string,
  union,
  uuid,
} from "@mizan/runtime/abi/v1/server";
import type { Mizan } from "@mizan/runtime/server";
import { call, callText, read, recorder, serverOf, type Answered } from "./ask.js";

const input = (param: string, ...path: string[]) => [param, ["input", ...path]] as const;
const result = (param: string, ...path: string[]) => [param, ["result", ...path]] as const;
const userId = field("user_id", integer());
const profile = { output: ref("Profile"), boxed: false } as const;
const merged = { context: "user", params: [input("user_id", "user_id")] };

/** What the handler of `free` does with its `ctx`; set by the test that calls it. */
type Ctx = {
  invalidate: Record<string, (params?: object) => void>;
  merge: Record<
    string,
    Record<
      string,
      ((value: unknown, params?: object) => void) & Record<string, (...args: unknown[]) => void>
    >
  >;
  call: Record<string, (args?: object) => Promise<unknown>>;
  errors: Record<string, () => Error>;
};
let free: (ctx: Ctx) => unknown = () => null;
let answered: unknown = null;
const { lines, logger } = recorder();

const mizan: Mizan = serverOf(
  {
    structs: [
      {
        name: "Profile",
        fields: [
          userId,
          field("name", string()),
          field("boss", optional(ref("Profile")), { omittable: true }),
        ],
      },
      { name: "Order", fields: [field("id", integer()), field("title", string())] },
    ],
    errors: [{ name: "Gone", code: "GONE", status: 410, message: "Gone", fields: [] }],
    contexts: [
      { name: "global", functions: ["count", "current", "friends"] },
      { name: "user", functions: ["user_orders", "user_profile"] },
      { name: "a'b", functions: [] },
    ],
    functions: [
      { name: "user_profile", input: [userId], ...profile, context: "user" },
      {
        name: "user_orders",
        input: [
          userId,
          field("since", optional(datetime()), { omittable: true }),
          field("where", optional(json()), { omittable: true }),
          field("ratio", optional(number()), { omittable: true }),
        ],
        output: list(ref("Order")),
        boxed: false,
        context: "user",
      },
      { name: "count", output: integer(), context: "global" },
      { name: "current", output: optional(ref("Profile")), boxed: false, context: "global" },
      { name: "friends", output: optional(list(ref("Profile"))), boxed: false, context: "global" },
      {
        name: "befriend",
        output: optional(ref("Profile")),
        boxed: false,
        merges: [{ context: "global", slot: "friends", op: "upsert", key: "user_id" }],
      },
      { name: "free", output: json(), errors: ["Gone"] },
      {
        name: "touch",
        input: [
          field("any", optional(json()), { omittable: true }),
          field("name", optional(string()), { omittable: true }),
        ],
        affects: [{ context: "user", params: [input("q", "any"), input("a", "name")] }],
      },
      {
        name: "deep",
        input: [field("order", ref("Order"))],
        ...profile,
        affects: [
          {
            context: "user",
            params: [
              input("id", "order", "id"),
              result("boss", "boss", "user_id"),
              input("no", "order", "toString"),
            ],
          },
        ],
      },
      {
        name: "twice",
        affects: [
          { context: "user" },
          { context: "global" },
          { context: "user" },
          { function: "count" },
        ],
      },
      { name: "odd_name", affects: [{ context: "a'b" }] },
      {
        name: "scalar",
        output: integer(),
        affects: [{ context: "user", params: [result("user_id")] }],
      },
      {
        name: "rename",
        input: [userId],
        ...profile,
        merges: [{ ...merged, slot: "user_profile" }],
      },
      {
        name: "rename_maybe",
        input: [userId],
        output: optional(ref("Profile")),
        boxed: false,
        merges: [
          { ...merged, slot: "user_profile" },
          { context: "global", slot: "current" },
        ],
      },
      {
        name: "add",
        input: [userId],
        output: optional(ref("Order")),
        boxed: false,
        merges: [{ ...merged, slot: "user_orders", op: "upsert", key: "id" }],
      },
      {
        name: "drop",
        input: [userId, field("order_id", integer())],
        merges: [
          { ...merged, slot: "user_orders", op: "remove", key: "id", value: ["input", "order_id"] },
        ],
      },
      {
        name: "recount",
        output: integer(),
        merges: [{ context: "global", slot: "count" }],
        affects: [{ context: "global" }],
      },
      {
        name: "declared_too",
        output: ref("Profile"),
        boxed: false,
        affects: [{ context: "user" }, { context: "global" }],
        merges: [{ context: "global", slot: "current" }],
      },
    ],
  },
  {
    user_profile: () => ({ user_id: 1, name: "Ada", boss: null }),
    user_orders: () => [],
    count: () => 1,
    current: () => null,
    friends: () => null,
    befriend: () => answered,
    free: (_: unknown, ctx: Ctx) => free(ctx),
    touch: () => null,
    deep: () => answered,
    twice: () => null,
    odd_name: () => null,
    scalar: () => answered,
    rename: () => answered,
    rename_maybe: () => answered,
    add: () => answered,
    drop: () => answered,
    recount: () => answered,
    declared_too: (_: unknown, ctx: Ctx) => free(ctx),
  },
  { logger },
);

type Effects = { invalidate?: unknown[]; merge?: unknown[] };
const header = ({ headers }: Answered) => headers["x-mizan-invalidate"];
const body = ({ json }: Answered) => json as Effects;
const freely = (does: (ctx: Ctx) => unknown): Promise<Answered> => {
  free = does;
  return call(mizan, "free");
};
const ada = { user_id: 5, name: "Ada", boss: null };

describe("declared invalidation", () => {
  test("stands in declared order, each entry once", async () => {
    const answer = await call(mizan, "twice");
    expect(body(answer).invalidate).toEqual(["user", "global", { function: "count" }]);
    expect(header(answer)).toBe("user, global, ()count");
    expect(body(answer)).not.toHaveProperty("merge");
  });
  test("reads nested input and result, and drops what is null or not there", async () => {
    answered = { ...ada, boss: { user_id: 9, name: "Grace", boss: null } };
    const both = await call(mizan, "deep", { order: { id: 3, title: "tea" } });
    expect(header(both)).toBe("user;boss=9;id=3");
    answered = ada;
    const one = await call(mizan, "deep", { order: { id: 3, title: "tea" } });
    expect(body(one).invalidate).toEqual([{ context: "user", params: { id: 3 } }]);
  });
  test("reads a whole result that is a scalar", async () => {
    answered = 7;
    expect(header(await call(mizan, "scalar"))).toBe("user;user_id=7");
  });
  test("without any param left is the bare name", async () => {
    expect(body(await call(mizan, "touch", { any: null })).invalidate).toEqual(["user"]);
  });
});

describe("words of the header", () => {
  test.each<[unknown, string]>([
    ["a-b_c.d~e", "a-b_c.d~e"],
    ["", ""],
    ["!'()*", "%21%27%28%29%2A"],
    ["a b;c=d,e", "a%20b%3Bc%3Dd%2Ce"],
    ["a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201"],
    ["é☃😀", "%C3%A9%E2%98%83%F0%9F%98%80"],
    [true, "true"],
    [false, "false"],
    [0, "0"],
    [-1.5, "-1.5"],
    [1e21, "1e%2B21"],
    [1e-7, "1e-7"],
    [[1, "b"], "%5B1%2C%22b%22%5D"],
    [
      { b: 1, a: { d: null, c: [] } },
      "%7B%22a%22%3A%7B%22c%22%3A%5B%5D%2C%22d%22%3Anull%7D%2C%22b%22%3A1%7D",
    ],
  ])("%j", async (value, word) => {
    expect(header(await call(mizan, "touch", { any: value }))).toBe(`user;q=${word}`);
  });
  test("params are sorted, and the name is encoded too", async () => {
    expect(header(await call(mizan, "touch", { any: 1, name: "z" }))).toBe("user;a=z;q=1");
    expect(header(await call(mizan, "odd_name"))).toBe("a%27b");
  });
  test("keys sort by code point, where UTF-16 would not", async () => {
    const answer = await callText(
      mizan,
      '{"fn":"touch","args":{"any":{"\\ud83d\\ude00":1,"\\uffee":2}}}',
    );
    expect(decodeURIComponent(String(header(answer)))).toBe('user;q={"\uffee":2,"😀":1}');
  });
  test("over 4 KB scoped entries become bare, in the header only", async () => {
    const answer = await freely(({ invalidate }) => {
      invalidate["global"]?.();
      for (let id = 0; id < 400; id++) invalidate["user"]?.({ user_id: id });
      return null;
    });
    expect(body(answer).invalidate).toHaveLength(401);
    expect(header(answer)).toBe("global, user");
    const fits = await call(mizan, "touch", { any: "x".repeat(4096 - "user;q=".length) });
    expect(header(fits)).toHaveLength(4096);
    const over = await call(mizan, "touch", { any: "x".repeat(4097 - "user;q=".length) });
    expect(header(over)).toBe("user");
  });
});

describe("declared merges", () => {
  test("one value replaces its slot", async () => {
    answered = ada;
    const answer = await call(mizan, "rename", { user_id: 5 });
    expect(answer.body).toBe(
      '{"result":{"user_id":5,"name":"Ada","boss":null},"merge":[{"context":"user","slot":"user_profile",' +
        '"value":{"user_id":5,"name":"Ada","boss":null},"params":{"user_id":5}}]}',
    );
    expect(header(answer)).toBeUndefined();
  });
  test("null goes into a slot that takes it, and makes another stale", async () => {
    answered = null;
    const answer = await call(mizan, "rename_maybe", { user_id: 5 });
    expect(body(answer)).toEqual({
      result: null,
      invalidate: [{ context: "user", params: { user_id: 5 } }],
      merge: [{ context: "global", slot: "current", value: null }],
    });
    expect(header(answer)).toBe("user;user_id=5");
  });
  test("an element says how it is found", async () => {
    answered = { id: 1, title: "tea" };
    expect(body(await call(mizan, "add", { user_id: 5 })).merge).toEqual([
      {
        context: "user",
        slot: "user_orders",
        value: answered,
        params: { user_id: 5 },
        op: "upsert",
        key: "id",
      },
    ]);
    answered = null;
    expect(body(await call(mizan, "add", { user_id: 5 }))).toEqual({
      result: null,
      invalidate: [{ context: "user", params: { user_id: 5 } }],
    });
  });
  test("no element is null, even of a list that may be", async () => {
    answered = null;
    expect(body(await call(mizan, "befriend"))).toEqual({ result: null, invalidate: ["global"] });
    answered = ada;
    expect(body(await call(mizan, "befriend")).merge).toHaveLength(1);
  });
  test("a removal may take its key from the input", async () => {
    answered = undefined;
    expect(body(await call(mizan, "drop", { user_id: 5, order_id: 3 })).merge).toEqual([
      {
        context: "user",
        slot: "user_orders",
        value: { id: 3 },
        params: { user_id: 5 },
        op: "remove",
        key: "id",
      },
    ]);
  });
  test("a boxed slot takes a boxed value, and affects may stand beside", async () => {
    answered = 4;
    expect(body(await call(mizan, "recount"))).toEqual({
      result: { result: 4 },
      invalidate: ["global"],
      merge: [{ context: "global", slot: "count", value: { result: 4 } }],
    });
  });
});

describe("what handlers add", () => {
  test("invalidations, encoded and sorted", async () => {
    const answer = await freely(({ invalidate }) => {
      invalidate["user"]?.({ user_id: 5, since: new Date(0), where: undefined, ratio: null });
      invalidate["user"]?.({ since: "1970-01-01T00:00:00.000Z", user_id: 5 });
      invalidate["user"]?.();
      return null;
    });
    expect(body(answer).invalidate).toEqual([
      { context: "user", params: { since: "1970-01-01T00:00:00.000Z", user_id: 5 } },
      "user",
    ]);
  });
  test("merges of every kind", async () => {
    const tea = { id: 1, title: "tea" };
    const answer = await freely(({ merge: { user, global } }) => {
      user?.["user_profile"]?.({ ...ada, password: "x" }, { user_id: 5 });
      user?.["user_orders"]?.([tea], { user_id: 5 });
      user?.["user_orders"]?.["upsert"]?.(tea, "id", { user_id: 5 });
      user?.["user_orders"]?.["prepend"]?.(tea, "id");
      user?.["user_orders"]?.["remove"]?.({ id: 1 }, "id");
      global?.["count"]?.(3);
      return null;
    });
    const slot = { context: "user", slot: "user_orders" };
    const params = { user_id: 5 };
    expect(body(answer).merge).toEqual([
      { context: "user", slot: "user_profile", value: ada, params },
      { ...slot, value: [tea], params },
      { ...slot, value: tea, params, op: "upsert", key: "id" },
      { ...slot, value: tea, op: "prepend", key: "id" },
      { ...slot, value: { id: 1 }, op: "remove", key: "id" },
      { context: "global", slot: "count", value: { result: 3 } },
    ]);
  });
  test("come after the declared ones, equal ones once", async () => {
    free = async ({ invalidate, merge, call: called }) => {
      invalidate["global"]?.();
      invalidate["user"]?.({ user_id: 5 });
      merge["global"]?.["current"]?.(null);
      await called["twice"]?.();
      return ada;
    };
    const answer = await call(mizan, "declared_too");
    const scoped = { context: "user", params: { user_id: 5 } };
    expect(body(answer).invalidate).toEqual(["user", "global", scoped, { function: "count" }]);
    expect(header(answer)).toBe("user, global, user;user_id=5, ()count");
    expect(body(answer).merge).toEqual([
      { context: "global", slot: "current", value: ada },
      { context: "global", slot: "current", value: null },
    ]);
  });
  test("come through called functions", async () => {
    answered = ada;
    const answer = await freely(async (ctx) => {
      ctx.invalidate["global"]?.();
      await ctx.call["rename"]?.({ user_id: 5 });
      await ctx.call["twice"]?.();
      return null;
    });
    expect(body(answer).invalidate).toEqual(["global", "user", { function: "count" }]);
    expect(body(answer).merge).toHaveLength(1);
  });
  test.each<[string, (ctx: Ctx) => unknown]>([
    ["an unknown param", ({ invalidate }) => invalidate["user"]?.({ usr_id: 5 })],
    ["a param of the wrong type", ({ invalidate }) => invalidate["user"]?.({ user_id: "5" })],
    ["params that are none", ({ invalidate }) => invalidate["user"]?.([5])],
    ["a value of the wrong shape", ({ merge }) => merge["user"]?.["user_profile"]?.({ name: 5 })],
    [
      "an element of no list",
      ({ merge }) => merge["user"]?.["user_profile"]?.["upsert"]?.(ada, "user_id"),
    ],
  ])("%s is the handler's fault", async (_, does) => {
    expect((await freely(does)).status).toBe(500);
  });
  test("a key is removed as it was sent", async () => {
    const remove: { item: object } = { item: {} };
    const tags = serverOf(
      {
        structs: [{ name: "Tag", fields: [field("id", uuid()), field("at", datetime())] }],
        contexts: [{ name: "all", functions: ["marks", "tags"] }],
        functions: [
          {
            name: "marks",
            output: list(union(ref("Tag"), integer())),
            boxed: false,
            context: "all",
          },
          { name: "tags", output: list(ref("Tag")), boxed: false, context: "all" },
          { name: "unmark" },
          { name: "untag" },
        ],
      },
      {
        marks: () => [],
        tags: () => [],
        unmark: (_: unknown, { merge }: Ctx) =>
          merge["all"]?.["marks"]?.["remove"]?.({ id: 5 }, "id"),
        untag: (_: unknown, { merge }: Ctx) =>
          merge["all"]?.["tags"]?.["remove"]?.(remove.item, "id"),
      },
    );
    expect(body(await call(tags, "unmark")).merge).toMatchObject([{ value: { id: 5 } }]);
    for (const more of [{}, { at: new Date(0) }, { at: "soon", other: 1 }]) {
      remove.item = { id: "ABCDEF00-0000-0000-0000-000000000000", ...more };
      expect(body(await call(tags, "untag")).merge).toMatchObject([
        { op: "remove", key: "id", value: { id: "abcdef00-0000-0000-0000-000000000000" } },
      ]);
    }
    for (const item of [{}, { id: null }, { id: 5 }, { id: "5" }]) {
      remove.item = item;
      expect([item, (await call(tags, "untag")).status]).toEqual([item, 500]);
    }
  });
  test("an unknown context is undefined, not inherited", async () => {
    const answer = await freely(({ invalidate, merge, call: calls }) => [
      invalidate["nope"] === undefined,
      merge["constructor"] === undefined,
      calls["__proto__"] === undefined,
    ]);
    expect(answer.json).toEqual({ result: { result: [true, true, true] } });
  });
});

describe("a failed call", () => {
  test("invalidates nothing that it declared", async () => {
    answered = { nope: 1 };
    const answer = await call(mizan, "rename", { user_id: 5 });
    expect(answer.status).toBe(500);
    expect(body(answer)).not.toHaveProperty("invalidate");
    expect(header(answer)).toBeUndefined();
  });
  test.each<[string, number, (ctx: Ctx) => unknown]>([
    [
      "a declared error",
      410,
      ({ errors }) => {
        throw errors["Gone"]?.();
      },
    ],
    [
      "an unexpected error",
      500,
      () => {
        throw new Error("secret");
      },
    ],
    ["a wrong output", 500, () => () => "no JSON"],
  ])("says what its handler said before %s", async (_, status, fails) => {
    const answer = await freely((ctx) => {
      ctx.invalidate["user"]?.({ user_id: 5 });
      return fails(ctx);
    });
    expect(answer.status).toBe(status);
    expect(body(answer).invalidate).toEqual([{ context: "user", params: { user_id: 5 } }]);
    expect(header(answer)).toBe("user;user_id=5");
  });
  test("that a caller lived through has said what it said", async () => {
    const nested = serverOf(
      {
        contexts: [{ name: "all", functions: [] }],
        functions: [{ name: "outer" }, { name: "inner" }],
      },
      {
        outer: (_: unknown, ctx: Ctx) => ctx.call["inner"]?.().catch(() => null),
        inner: (_: unknown, ctx: Ctx) => {
          ctx.invalidate["all"]?.();
          throw new Error("too late");
        },
      },
    );
    expect(body(await call(nested, "outer"))).toEqual({
      result: { result: null },
      invalidate: ["all"],
    });
  });
  test("turns merges, its own and those of called functions, into invalidations", async () => {
    answered = ada;
    const answer = await freely(async (ctx) => {
      ctx.merge["global"]?.["count"]?.(3);
      await ctx.call["rename"]?.({ user_id: 5 });
      throw new Error("secret");
    });
    expect(body(answer)).toMatchObject({
      invalidate: ["global", { context: "user", params: { user_id: 5 } }],
    });
    expect(body(answer)).not.toHaveProperty("merge");
  });
});

describe("a context function has no effects", () => {
  test("neither in a bundle nor in a call", async () => {
    lines.length = 0;
    const tried = serverOf(
      {
        contexts: [{ name: "global", functions: ["peek"] }],
        functions: [
          { name: "peek", context: "global" },
          { name: "mutate", affects: [{ context: "global" }] },
        ],
      },
      {
        peek: (_: unknown, ctx: Ctx) => free(ctx),
        mutate: () => null,
      },
      { logger },
    );
    for (const does of [
      (ctx: Ctx) => ctx.invalidate["global"]?.(),
      (ctx: Ctx) => ctx.merge["global"],
      (ctx: Ctx) => ctx.call["mutate"]?.(),
    ]) {
      free = does;
      expect((await read(tried, "global")).status).toBe(500);
    }
    expect(lines.map(({ message }) => message)).toEqual(Array(3).fill("mizan: peek failed"));
    free = () => null;
    expect((await call(tried, "peek")).json).toEqual({ result: { result: null } });
  });
});
