/** spec/protocol.md, "Session and identity": the session's token, origins, CORS, guards, and who is signed in. */
import { field, integer } from "@mizan/runtime/abi/v1/server";
import type { Mizan } from "@mizan/runtime/server";
import { ask, call, callText, read, recorder, serverOf, type Answered } from "./ask.js";

const SECRET = "a secret of some length";
const given = {
  contexts: [{ name: "all", functions: ["look"] }],
  functions: [{ name: "ping" }, { name: "look", context: "all" }],
};
const handlers = { ping: () => null, look: () => null };

async function openSession(mizan: Mizan, cookie = "", secure = false) {
  const { headers, json } = await ask(mizan, {
    path: "/session/",
    headers: cookie ? { cookie } : {},
    secure,
  });
  const setCookie = String(headers["set-cookie"]);
  return {
    setCookie,
    cookie: setCookie.split(";")[0] ?? "",
    value: setCookie.split(";")[0]?.split("=")[1] ?? "",
    token: (json as { csrfToken: string }).csrfToken,
    headers,
  };
}
const reason = ({ json }: Answered) => (json as { details?: { reason?: string } }).details?.reason;

describe("the session's token", () => {
  const mizan = serverOf(given, handlers, { csrf: { secret: SECRET } });

  test("comes with its cookie, stored by nobody", async () => {
    const { setCookie, headers, token } = await openSession(mizan);
    expect(setCookie).toMatch(/^csrftoken=[\w-]{43}; Path=\/; SameSite=Lax$/);
    expect(token).toMatch(/^[\w-]{86}$/);
    expect(headers["cache-control"]).toBe("no-store");
    expect((await openSession(mizan, "", true)).setCookie).toMatch(/; Secure$/);
  });
  test("holds at all servers of a process that were given no secret: a browser has one cookie for them", async () => {
    const [one, other] = [1, 2].map(() =>
      serverOf(given, handlers, { csrf: {}, logger: recorder().logger }),
    );
    const first = await openSession(one as Mizan);
    expect((await openSession(other as Mizan, first.cookie)).cookie).toBe(first.cookie);
  });
  test("is masked anew each time, over a cookie that stays", async () => {
    const first = await openSession(mizan);
    const second = await openSession(mizan, `other=1; ${first.cookie}`);
    expect(second.cookie).toBe(first.cookie);
    expect(second.token).not.toBe(first.token);
    for (const { token } of [first, second]) {
      expect(
        (await call(mizan, "ping", {}, { cookie: first.cookie, "x-csrftoken": token })).status,
      ).toBe(200);
    }
    expect((await openSession(mizan)).cookie).not.toBe(first.cookie);
  });
  test("is accepted plain, too, and beside a foreign cookie of the same name", async () => {
    const { cookie, value, token } = await openSession(mizan);
    for (const headers of [
      { cookie, "x-csrftoken": value },
      { cookie: `csrftoken=foreign; ${cookie}`, "x-csrftoken": token },
    ]) {
      expect((await call(mizan, "ping", {}, headers)).status).toBe(200);
    }
    expect((await openSession(mizan, `csrftoken=foreign; ${cookie}`)).cookie).toBe(cookie);
  });
  test("is refused in every other case", async () => {
    const { cookie, token, value } = await openSession(mizan);
    const other = await openSession(mizan);
    const forged = Buffer.alloc(32, 1).toString("base64url");
    const cases: Record<string, string>[] = [
      {},
      { cookie },
      { "x-csrftoken": token },
      { cookie, "x-csrftoken": "" },
      { cookie, "x-csrftoken": other.token },
      { cookie, "x-csrftoken": other.value },
      { cookie, "x-csrftoken": token.slice(1) },
      { cookie, "x-csrftoken": `${token}AAAA` },
      { cookie: `csrftoken=${forged}`, "x-csrftoken": forged },
      { cookie: "csrftoken=", "x-csrftoken": "" },
      { cookie: `xcsrftoken=${value}`, "x-csrftoken": token },
      { cookie: "csrftoken=%%%; =; ;", "x-csrftoken": "%%%" },
    ];
    for (const headers of cases) {
      const answer = await call(mizan, "ping", {}, headers);
      expect([headers, answer.status, reason(answer)]).toEqual([headers, 403, "csrf"]);
    }
  });
  test("of another secret is replaced", async () => {
    const elsewhere = serverOf(given, handlers, { csrf: { secret: "another secret of length" } });
    const foreign = await openSession(elsewhere);
    expect((await openSession(mizan, foreign.cookie)).cookie).not.toBe(foreign.cookie);
    const headers = { cookie: foreign.cookie, "x-csrftoken": foreign.token };
    expect((await call(mizan, "ping", {}, headers)).status).toBe(403);
  });
  test("is the same for two processes with one secret", async () => {
    const twin = serverOf(given, handlers, { csrf: { secret: SECRET } });
    const { cookie, token } = await openSession(mizan);
    expect((await call(twin, "ping", {}, { cookie, "x-csrftoken": token })).status).toBe(200);
  });
  test("is not needed to read", async () => {
    expect((await read(mizan, "all")).status).toBe(200);
  });
  test("may be switched off, without a cookie", async () => {
    const open = serverOf(given, handlers, { csrf: false });
    expect((await call(open, "ping")).status).toBe(200);
    const { headers, json } = await ask(open, { path: "/session/" });
    expect(headers).not.toHaveProperty("set-cookie");
    expect(json).toEqual({ csrfToken: expect.stringMatching(/^.{16,}$/) });
  });
});

describe("a token header", () => {
  const mizan = serverOf(given, handlers, { authenticate: () => ({ id: 1 }) });
  test("that nothing verifies is refused, for calls and reads", async () => {
    for (const answer of [
      await call(mizan, "ping", {}, { "x-mizan-token": "garbage" }),
      await read(mizan, "all", "", { "x-mizan-token": "garbage" }),
    ]) {
      expect(answer).toMatchObject({ status: 401, json: { code: "UNAUTHORIZED" } });
    }
  });
  test("that is empty is none, and Authorization is the application's", async () => {
    const headers = { "x-mizan-token": " ", authorization: "Bearer x" };
    expect((await call(mizan, "ping", {}, headers)).status).toBe(200);
  });
});

describe("the origin of a call", () => {
  const { lines, logger } = recorder();
  const production = serverOf(given, handlers, {
    mode: "production",
    trustedOrigins: [
      "https://Trusted.example",
      "capacitor://localhost",
      "https://port.example:443",
      "https://bücher.example",
    ],
    cors: { origins: ["https://web.example"] },
    logger,
  });
  const development = serverOf(given, handlers, { mode: "development", logger });
  const status = async (mizan: Mizan, origin: string, rest: object = {}): Promise<unknown> => {
    const answer = await ask(mizan, {
      method: "POST",
      path: "/call/",
      headers: { "content-type": "application/json", origin },
      body: '{"fn":"ping"}',
      ...rest,
    });
    return reason(answer) ?? answer.status;
  };

  test.each<[string, unknown]>([
    ["http://app.example", 200],
    ["https://app.example", 200],
    ["https://APP.example", 200],
    ["https://trusted.example", 200],
    ["capacitor://localhost", 200],
    ["https://web.example", 200],
    ["https://port.example", 200],
    ["https://xn--bcher-kva.example", 200],
    ["https://app.example:8443", "origin"],
    ["https://app.example.evil.example", "origin"],
    ["https://evil.example", "origin"],
    ["http://trusted.example", "origin"],
    ["https://trusted.example:8443", "origin"],
    ["capacitor://localhost.evil.example", "origin"],
    ["http://localhost:5173", "origin"],
    ["null", "origin"],
    ["", "origin"],
    ["app.example", "origin"],
  ])("in production, %j", async (origin, expected) => {
    expect(await status(production, origin)).toBe(expected);
  });
  test("the log names the option", async () => {
    lines.length = 0;
    await status(production, "https://evil.example");
    expect(lines).toEqual([
      {
        level: "warn",
        message: expect.stringMatching(
          /"https:\/\/evil\.example".*trustedOrigins or cors\.origins/,
        ),
      },
    ]);
  });
  test.each<[string, unknown]>([
    ["http://localhost:5173", 200],
    ["http://app.localhost", 200],
    ["https://127.0.0.1:3000", 200],
    ["http://[::1]:8080", 200],
    ["http://localhost.evil.example", "origin"],
    ["http://127.0.0.1.evil.example", "origin"],
    ["http://evil.example", "origin"],
  ])("in development, %j", async (origin, expected) => {
    expect(await status(development, origin)).toBe(expected);
  });
  test("a page that came unencrypted has no say over an encrypted connection", async () => {
    expect(await status(production, "https://app.example", { secure: true })).toBe(200);
    expect(await status(production, "http://app.example", { secure: true })).toBe("origin");
  });
  test("default ports do not count, and a proxy's host does", async () => {
    const headers = (host: string, origin: string) => ({
      headers: { "content-type": "application/json", host, origin },
    });
    expect(await status(production, "", headers("app.example:443", "https://app.example"))).toBe(
      200,
    );
    expect(await status(production, "", headers("app.example:80", "http://app.example"))).toBe(200);
    expect(await status(production, "https://outside.example", { host: "outside.example" })).toBe(
      200,
    );
    expect(await status(production, "https://app.example", { host: "outside.example" })).toBe(
      "origin",
    );
  });
  test("does not matter to a read", async () => {
    expect((await read(production, "all", "", { origin: "https://evil.example" })).status).toBe(
      200,
    );
  });
});

describe("CORS", () => {
  const mizan = serverOf(given, handlers, {
    cors: { origins: ["https://web.example"], credentials: true },
  });
  const origin = "https://web.example";

  test("lets a listed origin read answers, failures too", async () => {
    for (const answer of [
      await call(mizan, "ping", {}, { origin }),
      await callText(mizan, "{", { origin }),
      await read(mizan, "all", "", { origin }),
    ]) {
      expect(answer.headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        vary: expect.stringMatching(/^Origin(?:, Accept)?$/),
      });
      const exposed = String(answer.headers["access-control-expose-headers"]).split(", ");
      expect(exposed).toEqual(
        expect.arrayContaining([
          "ETag",
          "Retry-After",
          "X-Mizan-Invalidate",
          "X-Mizan-Identity",
          "X-Mizan-Contract",
          "X-Mizan-Cache",
        ]),
      );
    }
  });
  test("tells another origin nothing", async () => {
    const { headers } = await read(mizan, "all", "", { origin: "https://evil.example" });
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control"))).toEqual([]);
    expect(headers["vary"]).toBe("Origin, Accept");
  });
  test("answers preflights", async () => {
    const preflight = (from: string) =>
      ask(mizan, {
        method: "OPTIONS",
        path: "/call/",
        headers: { origin: from, "access-control-request-method": "POST" },
      });
    const answer = await preflight(origin);
    expect(answer).toMatchObject({
      status: 204,
      headers: { allow: "POST, OPTIONS", "access-control-allow-methods": "POST, OPTIONS" },
    });
    const accepted = String(answer.headers["access-control-allow-headers"])
      .toLowerCase()
      .split(", ");
    expect(accepted).toEqual(
      expect.arrayContaining(["content-type", "x-csrftoken", "x-mizan-token", "x-mizan-contract"]),
    );
    const own = await ask(mizan, {
      method: "OPTIONS",
      path: "/ctx/all/",
      headers: {
        origin,
        "access-control-request-method": "GET",
        "access-control-request-headers": "traceparent, x-tenant,,a b,x\ty",
      },
    });
    expect(own.headers).toMatchObject({
      "access-control-allow-methods": "GET, HEAD, OPTIONS",
      "access-control-allow-headers": expect.stringMatching(
        /If-None-Match, traceparent, x-tenant$/,
      ),
    });
    const refused = await preflight("https://evil.example");
    expect(refused.status).toBe(204);
    expect(refused.headers).not.toHaveProperty("access-control-allow-methods");
  });
  test("leaves what a handler varies by", async () => {
    const varied = serverOf(
      { functions: [{ name: "ping" }] },
      {
        ping: (_: unknown, ctx: { res: { set(name: string, value: string): void } }) =>
          ctx.res.set("vary", "Accept"),
      },
      { cors: { origins: [origin] } },
    );
    expect((await call(varied, "ping", {}, { origin })).headers["vary"]).toBe("Accept, Origin");
  });
  test("is silent when it was not asked for", async () => {
    const { headers } = await read(serverOf(given, handlers), "all", "", { origin });
    expect(headers["vary"]).toBe("Accept");
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });
});

describe("guards", () => {
  const people: Record<string, object | null | undefined> = {
    ada: { id: 5 },
    sam: { id: "6", isStaff: true },
    root: { id: 7, isSuperuser: true },
    truthy: { id: 8, isStaff: 1, isSuperuser: "yes" },
    zero: { id: 0 },
    nobody: undefined,
    broken: { name: "x" },
  };
  const roles = ["required", "staff", "superuser"] as const;
  const guarded = roles.map((role) => ({ name: role, guard: { role } }));
  const ran: string[] = [];
  const asked: unknown[] = [];
  let verdict: unknown = true;
  const mizan = serverOf(
    {
      functions: [
        ...guarded,
        {
          name: "owned",
          input: [field("n", integer({ min: 0 }), { omittable: true, default: 3 })],
          guard: { predicate: "owns" },
        },
      ],
    },
    Object.fromEntries([...roles, "owned"].map((name) => [name, () => void ran.push(name)])),
    {
      authenticate: async (req) => people[String(req.headers["x-user"])] as never,
      predicates: {
        owns: (question: unknown) => {
          asked.push(question);
          if (verdict instanceof Error) throw verdict;
          return verdict;
        },
      },
    },
  );
  const as = async (user: string, fn: string, args = {}): Promise<unknown> => {
    ran.length = 0;
    const { status, json } = await call(mizan, fn, args, { "x-user": user });
    expect(ran).toEqual(status === 200 ? [fn] : []);
    return status === 200 ? 200 : [status, (json as { message: string }).message];
  };

  const needed = [401, "Authentication required"];
  const staff = [403, "Staff access required"];
  const superuser = [403, "Superuser access required"];
  test.each<[string, unknown, unknown, unknown]>([
    ["stranger", needed, needed, needed],
    ["nobody", needed, needed, needed],
    ["ada", 200, staff, superuser],
    ["zero", 200, staff, superuser],
    ["truthy", 200, staff, superuser],
    ["sam", 200, 200, superuser],
    ["root", 200, 200, 200],
    [
      "broken",
      [500, "An internal error occurred"],
      [500, "An internal error occurred"],
      [500, "An internal error occurred"],
    ],
  ])("%s", async (user, ...expected) => {
    expect([
      await as(user, "required"),
      await as(user, "staff"),
      await as(user, "superuser"),
    ]).toEqual(expected);
  });
  test("a predicate sees the user or null, the checked input and the request", async () => {
    verdict = true;
    asked.length = 0;
    await as("ada", "owned", { stranger: 1 });
    await as("nobody", "owned", { n: 4 });
    expect(asked).toEqual([
      {
        user: people["ada"],
        input: { n: 3 },
        req: expect.objectContaining({ headers: expect.anything() }),
      },
      { user: null, input: { n: 4 }, req: expect.anything() },
    ]);
    expect(await as("ada", "owned", { n: -1 })).toEqual([422, "Input validation failed"]);
    expect(asked).toHaveLength(2);
  });
  test.each([false, 0, null, undefined, 1, "true", {}])(
    "a predicate that answers %p lets nobody pass",
    async (answer) => {
      verdict = answer;
      expect(await as("root", "owned")).toEqual([403, "Access denied"]);
      verdict = Promise.resolve(answer);
      expect(await as("nobody", "owned")).toEqual([403, "Access denied"]);
    },
  );
  test("one that throws is an internal error", async () => {
    verdict = new Error("secret");
    expect(await as("root", "owned")).toEqual([500, "An internal error occurred"]);
  });
  test("authenticate that throws is one, too, and is asked once per request", async () => {
    let times = 0;
    const failing = serverOf(
      { functions: [{ name: "ping" }] },
      { ping: () => null },
      {
        authenticate: () => {
          times += 1;
          throw new Error("secret");
        },
      },
    );
    expect(await call(failing, "ping")).toMatchObject({
      status: 500,
      json: { code: "INTERNAL_ERROR" },
    });
    expect((await call(failing, "nope")).status).toBe(404);
    expect(times).toBe(1);
  });
});

test("a handler says that somebody signed in or out", async () => {
  type Ctx = { identityChanged(): void; res: { append(name: string, value: string): void } };
  const mizan = serverOf(
    { functions: [{ name: "sign_in" }, { name: "ping" }, { name: "fail" }] },
    {
      sign_in: (_: unknown, { identityChanged, res }: Ctx) => {
        identityChanged();
        res.append("Set-Cookie", "session=1");
        res.append("set-cookie", "theme=dark");
      },
      ping: () => null,
      fail: (_: unknown, { identityChanged }: Ctx) => {
        identityChanged();
        throw new Error("after the session was gone");
      },
    },
  );
  expect((await call(mizan, "sign_in")).headers).toMatchObject({
    "x-mizan-identity": "changed",
    "set-cookie": ["session=1", "theme=dark"],
  });
  expect((await call(mizan, "ping")).headers).not.toHaveProperty("x-mizan-identity");
  expect(await call(mizan, "fail")).toMatchObject({
    status: 500,
    headers: { "x-mizan-identity": "changed" },
  });
});

test("another header prefix speaks to another member of the family", async () => {
  const mizan = serverOf(
    { functions: [{ name: "touch", affects: [{ function: "touch" }] }] },
    { touch: (_: unknown, ctx: { identityChanged(): void }) => ctx.identityChanged() },
    { headerPrefix: "X-Other-" },
  );
  const { headers } = await call(mizan, "touch");
  expect(headers).toMatchObject({
    "x-other-invalidate": "()touch",
    "x-other-identity": "changed",
    "x-other-contract": expect.any(String),
  });
  expect(Object.keys(headers).filter((name) => name.startsWith("x-mizan"))).toEqual([]);
  expect((await call(mizan, "touch", {}, { "x-other-token": "x" })).status).toBe(401);
});
