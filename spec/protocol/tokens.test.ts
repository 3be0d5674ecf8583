/** spec/protocol.md, "Tokens": who is believed, in which order, and what a token may not do. */
import { field, integer } from "@mizan/runtime/abi/v1/server";
import { createTokens } from "./token-maker.js";
import { ask, call, read, recorder, serverOf, type Answered } from "./ask.js";

const SECRET = "a secret that is long enough for HS256";
const { token, expired } = createTokens(SECRET);

const given = {
  contexts: [
    { name: "me", functions: ["my_id"] },
    { name: "all", functions: ["anyone"], cache: { ttl: 60, public: true } },
  ],
  functions: [
    { name: "who" },
    { name: "required", guard: { role: "required" } as const },
    { name: "staff", guard: { role: "staff" } as const },
    { name: "superuser", guard: { role: "superuser" } as const },
    { name: "owned", input: [field("n", integer())], guard: { predicate: "owns" } },
    { name: "issue" },
    { name: "issue_inside" },
    { name: "my_id", context: "me" },
    { name: "anyone", context: "all" },
  ],
};

type User = { id: string | number; isStaff?: boolean; permissions?: readonly string[] };
type Ctx = {
  user: User | null;
  issueMwt(): Promise<string>;
  call: { issue(): Promise<unknown> };
};
const seen: (User | null)[] = [];
const look = (_: unknown, { user }: Ctx): void => void seen.push(user);
const issued: string[] = [];
const handlers = {
  ...Object.fromEntries(given.functions.map(({ name }) => [name, look])),
  issue: async (_: unknown, { issueMwt }: Ctx) => void issued.push(await issueMwt()),
  issue_inside: async (_: unknown, ctx: Ctx) => void (await ctx.call.issue()),
};

let questions: string[] = [];
const people: Record<string, User> = {
  session: { id: 1, permissions: ["b", "a"] },
  bearer: { id: 2, isStaff: true },
};
const options = {
  authenticate: (req: { headers: object }) => {
    questions.push("session");
    return "x-user" in req.headers ? (people["session"] ?? null) : null;
  },
  bearer: async (text: string) => {
    questions.push(`bearer ${text}`);
    if (text === "broken") throw new Error("the verifier's secret");
    return people[text] ?? null;
  },
  mwt: { secret: SECRET },
  predicates: { owns: ({ user }: { user: User | null }) => user?.id === "5" },
  csrf: { secret: "a secret of some length" },
};
const mizan = serverOf(given, handlers, options);

/** Who the handler saw, or the status of the refusal. */
async function seenBy(answer: Promise<Answered>): Promise<unknown> {
  const { status } = await answer;
  const user = seen.pop();
  return status === 200 ? user : status;
}
beforeEach(() => {
  questions = [];
  seen.length = 0;
});

describe("who is believed", () => {
  const anyone = { "x-user": "session" };
  const ada = { id: "5", isStaff: false, isSuperuser: false };

  test("our token, without asking anybody else, and without a CSRF token", async () => {
    const headers = { ...anyone, authorization: "Bearer bearer", "x-mizan-token": token("5") };
    expect(await seenBy(call(mizan, "who", {}, headers))).toEqual(ada);
    expect(await seenBy(read(mizan, "me", "", headers))).toEqual(ada);
    expect(questions).toEqual([]);
  });
  test.each(["Bearer bearer", "bearer bearer", "BEARER   bearer ", "beArEr\tbearer"])(
    "then %j, without a CSRF token",
    async (authorization) => {
      const headers = { ...anyone, authorization, "x-mizan-token": " " };
      expect(await seenBy(call(mizan, "who", {}, headers))).toBe(people["bearer"]);
      expect(await seenBy(read(mizan, "me", "", headers))).toBe(people["bearer"]);
      expect(questions).toEqual(["bearer bearer", "bearer bearer"]);
    },
  );
  test.each(["", "Bearer", "Bearer ", "Basic bearer", "Bearerbearer", "xBearer bearer"])(
    "then the session, where the header is %j; it needs its CSRF token",
    async (authorization) => {
      const headers = { ...anyone, authorization, "x-mizan-token": "" };
      expect(await seenBy(read(mizan, "me", "", headers))).toBe(people["session"]);
      expect(questions).toEqual(["session"]);
      expect(await call(mizan, "who", {}, headers)).toMatchObject({
        status: 403,
        json: { details: { reason: "csrf" } },
      });
    },
  );
  test("without a verifier the header is the application's", async () => {
    const { bearer: _, ...rest } = options;
    const plain = serverOf(given, handlers, { ...rest, csrf: false });
    const headers = { ...anyone, authorization: "Bearer garbage" };
    expect(await seenBy(call(plain, "who", {}, headers))).toBe(people["session"]);
    expect((await call(plain, "required")).headers).not.toHaveProperty("www-authenticate");
  });
});

describe("a token that does not hold", () => {
  const unheld = (): [string, Record<string, string>][] => [
    ["garbage", { "x-mizan-token": "garbage" }],
    ["expired", { "x-mizan-token": expired("5") }],
    ["of another secret", { "x-mizan-token": createTokens(`${SECRET}!`).token("5") }],
    ["sent twice", { "x-mizan-token": `${token("5")}, ${token("5")}` }],
    ["before a good one", { "x-mizan-token": "garbage", authorization: "Bearer bearer" }],
    ["as a bearer", { authorization: "Bearer garbage" }],
    ["ours as a bearer", { authorization: `Bearer ${token("5")}` }],
  ];
  test("is 401 with no fallback: for calls and reads, whatever they are for", async () => {
    for (const [name, given] of unheld()) {
      const headers = { "x-user": "session", ...given };
      for (const answer of [
        await call(mizan, "who", {}, headers),
        await call(mizan, "no_such_function", {}, headers),
        await read(mizan, "me", "", headers),
        await read(mizan, "all", "", headers),
        await read(mizan, "no_such_context", "", headers),
        await ask(mizan, { method: "HEAD", path: "/ctx/me/", headers }),
      ]) {
        expect([name, answer.status]).toEqual([name, 401]);
        expect(answer.headers["cache-control"]).toBe("no-store");
        if (answer.json === undefined) continue;
        expect(answer.json).toEqual({
          error: true,
          code: "UNAUTHORIZED",
          message: "Invalid token",
        });
      }
      expect(seen).toEqual([]);
      expect(questions).not.toContain("session");
    }
  });
  test("is looked at after the form of the request, and before all else", async () => {
    const headers = { "x-mizan-token": "garbage", origin: "https://evil.example" };
    const asked = { method: "POST", path: "/call/", body: "{" };
    const json = { "content-type": "application/json" };
    const statusOf = async (more: object): Promise<number> =>
      (await ask(mizan, { ...asked, headers: { ...headers, ...more } })).status;
    expect(await statusOf(json)).toBe(401);
    expect(await statusOf({ "content-type": "text/plain" })).toBe(415);
    expect(await statusOf({ ...json, "content-length": "9999999" })).toBe(413);
    expect((await ask(mizan, { path: "/call/", headers })).status).toBe(405);
    expect((await ask(mizan, { path: "/session/", headers })).status).toBe(200);
  });
  test("is told how to do better where bearer tokens are taken", async () => {
    const challenge = async (headers: Record<string, string>): Promise<unknown> =>
      (await read(mizan, "me", "", headers)).headers["www-authenticate"];
    expect(await challenge({ authorization: "Bearer garbage" })).toBe(
      'Bearer error="invalid_token"',
    );
    expect(await challenge({ "x-mizan-token": "garbage" })).toBe("Bearer");
    const asUser = { authorization: "Bearer bearer" };
    expect((await call(mizan, "superuser", {}, asUser)).headers).not.toHaveProperty(
      "www-authenticate",
    );
  });
  test("is not a server's that takes no tokens", async () => {
    const plain = serverOf(given, handlers, { predicates: options.predicates });
    expect((await call(plain, "who", {}, { "x-mizan-token": token("5") })).status).toBe(401);
  });
  test("a verifier that throws is an internal error; what it said stays in the log", async () => {
    const { lines, logger } = recorder();
    const logging = serverOf(given, handlers, { ...options, logger });
    const answer = await call(logging, "who", {}, { authorization: "Bearer broken" });
    expect(answer).toMatchObject({ status: 500, json: { code: "INTERNAL_ERROR" } });
    expect(answer.body).not.toContain("secret");
    expect(lines).toMatchObject([
      { level: "error", fields: { error: { message: "the verifier's secret" } } },
    ]);
    expect(JSON.stringify(lines)).not.toContain("Bearer broken");
  });
  test.each([{}, { id: Number.NaN }, { id: null }, "ada", 5, true])(
    "a verifier that answers %p is at fault, too",
    async (answered) => {
      const odd = serverOf(given, handlers, { ...options, bearer: () => answered as never });
      expect((await call(odd, "who", {}, { authorization: "Bearer x" })).status).toBe(500);
    },
  );
});

describe("a page of another origin", () => {
  test("may not call, token or not", async () => {
    const strict = serverOf(given, handlers, { ...options, mode: "production" });
    const headers = { "x-mizan-token": token("5"), origin: "https://evil.example" };
    expect(await call(strict, "who", {}, headers)).toMatchObject({
      status: 403,
      json: { details: { reason: "origin" } },
    });
  });
});

describe("guards", () => {
  test.each<[string, object, readonly unknown[]]>([
    ["user", {}, [200, 403, 403, 200]],
    ["staff", { isStaff: true }, [200, 200, 403, 200]],
    ["superuser", { isSuperuser: true }, [200, 200, 200, 200]],
  ])("go by the claims: %s", async (_, roles, expected) => {
    const headers = { "x-mizan-token": token("5", roles) };
    const statuses = [];
    for (const fn of ["required", "staff", "superuser", "owned"]) {
      statuses.push((await call(mizan, fn, { n: 1 }, headers)).status);
    }
    expect(statuses).toEqual(expected);
    const other = { "x-mizan-token": token("6", roles) };
    expect((await call(mizan, "owned", { n: 1 }, other)).status).toBe(403);
  });
  test("a public context never learns who asks", async () => {
    for (const headers of [
      { "x-mizan-token": token("5") },
      { authorization: "Bearer bearer" },
      { "x-user": "session" },
    ]) {
      // Each time a server that has nothing cached yet.
      const fresh = serverOf(given, handlers, options);
      expect(await seenBy(read(fresh, "all", "", headers))).toBeNull();
    }
  });
});

describe("a loaded user", () => {
  const loaded = { id: 5, isStaff: true, permissions: ["b.x", "a.y"], name: "Ada" };
  const asked: unknown[] = [];
  let answer: unknown = loaded;
  const loading = serverOf(given, handlers, {
    ...options,
    mwt: {
      secret: SECRET,
      loadUser: async (claims, req) => {
        asked.push([claims, typeof req.headers]);
        if (answer instanceof Error) throw answer;
        return answer as never;
      },
    },
  });
  const rights = { isStaff: true, permissions: ["a.y", "b.x"] };
  const as = async (user: unknown, given: object = rights, fn = "who"): Promise<unknown> => {
    answer = user;
    return seenBy(call(loading, fn, {}, { "x-mizan-token": token("5", given) }));
  };

  test("takes the place of the claims", async () => {
    expect(await as(loaded)).toBe(loaded);
    expect(asked).toEqual([
      [
        expect.objectContaining({ sub: "5", staff: true, super: false, pkey: expect.any(String) }),
        "object",
      ],
    ]);
  });
  test("cannot be somebody else's for what an earlier request did to its claims", async () => {
    answer = loaded;
    const headers = { "x-mizan-token": token("5", rights) };
    asked.length = 0;
    await call(loading, "who", {}, headers);
    const [[claims]] = asked as [[{ sub: string }]];
    expect(() => (claims.sub = "6")).toThrow(TypeError);
    const plain = { "x-mizan-token": token("5") };
    const user = (await seenBy(call(mizan, "who", {}, plain))) as { id: string };
    user.id = "6";
    expect(await seenBy(call(mizan, "who", {}, plain))).toMatchObject({ id: "5" });
  });
  test("who is gone is 401", async () => {
    expect(await as(null)).toBe(401);
    expect(await as(undefined)).toBe(401);
  });
  test.each<[string, object]>([
    ["lost a permission", { ...loaded, permissions: ["a.y"] }],
    ["gained one", { ...loaded, permissions: ["a.y", "b.x", "c"] }],
    ["is no longer staff", { ...loaded, isStaff: false }],
    ["became a superuser", { ...loaded, isSuperuser: true }],
  ])("who %s since is 401", async (_, user) => {
    expect(await as(user)).toBe(401);
  });
  test("is taken as it is where a token does not say what it allowed", async () => {
    expect(await as(loaded, { pkey: undefined })).toBe(loaded);
  });
  test("who cannot be loaded, or is none, is an internal error", async () => {
    expect(await as(new Error("database"))).toBe(500);
    expect(await as({ name: "Ada" })).toBe(500);
  });
  test("is not asked for by a token that does not hold", async () => {
    asked.length = 0;
    expect(await seenBy(read(loading, "me", "", { "x-mizan-token": expired("5") }))).toBe(401);
    expect(asked).toEqual([]);
  });
  test("may take as long as a handler, and no longer", async () => {
    const slow = serverOf(given, handlers, {
      ...options,
      handlerTimeoutMs: 5,
      mwt: { secret: SECRET, loadUser: () => new Promise(() => {}) },
    });
    const headers = { "x-mizan-token": token("5") };
    expect((await call(slow, "who", {}, headers)).status).toBe(500);
  });
});

describe("ctx.issueMwt", () => {
  const open = serverOf(given, handlers, { ...options, csrf: false });
  const session = { "x-user": "session" };

  test("makes a token that stands for the user of the session", async () => {
    expect((await call(open, "issue", {}, session)).status).toBe(200);
    const made = issued.pop() ?? "";
    expect(await seenBy(call(open, "who", {}, { "x-mizan-token": made }))).toEqual({
      id: "1",
      isStaff: false,
      isSuperuser: false,
    });
    const current = serverOf(given, handlers, {
      ...options,
      mwt: { keys: { v2: `new ${SECRET}`, v1: SECRET }, loadUser: () => people["session"] ?? null },
    });
    expect(await seenBy(call(current, "who", {}, { "x-mizan-token": made }))).toBe(
      people["session"],
    );
  });
  test("works in a function that is called in process", async () => {
    expect((await call(open, "issue_inside", {}, session)).status).toBe(200);
    expect(issued.pop()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
  });
  test.each<[string, () => Record<string, string>, number, string]>([
    [
      "our token",
      () => ({ "x-mizan-token": token("5") }),
      403,
      "A token is issued to a session only",
    ],
    [
      "a bearer token",
      () => ({ authorization: "Bearer bearer" }),
      403,
      "A token is issued to a session only",
    ],
    [
      "our token beside a session",
      () => ({ ...session, "x-mizan-token": token("1") }),
      403,
      "A token is issued to a session only",
    ],
    ["nobody", () => ({}), 401, "Authentication required"],
  ])("refuses %s", async (_, headers, status, message) => {
    for (const fn of ["issue", "issue_inside"]) {
      expect(await call(open, fn, {}, headers())).toMatchObject({
        status,
        json: { message },
      });
    }
    expect(issued).toEqual([]);
  });
  test("without the option is a fault of the program", async () => {
    const { lines, logger } = recorder();
    const { mwt: _, ...rest } = options;
    const plain = serverOf(given, handlers, { ...rest, csrf: false, logger });
    expect((await call(plain, "issue", {}, session)).status).toBe(500);
    expect(lines).toMatchObject([
      { level: "error", fields: { error: { message: "ctx.issueMwt() needs the option mwt" } } },
    ]);
  });
});
