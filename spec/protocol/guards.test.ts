/**
 * spec/protocol.md, "Guards": whoever asks, and by whichever door, a function's guard says the same. The doors are
 * `call/`, the context it is part of (alone, line by line, in a batch), and other functions (`ctx.call`).
 */
import { field, integer } from "@mizan/runtime/abi/v1/server";
import { ask, call, read, recorder, serverOf } from "./ask.js";

const people = {
  nobody: null,
  ada: { id: 5 },
  sam: { id: 6, isStaff: true },
  root: { id: 7, isSuperuser: true },
  both: { id: 8, isStaff: true, isSuperuser: true },
  fallen: { id: 9, isStaff: false, isSuperuser: undefined },
};
type Person = keyof typeof people;

const guards = {
  open: undefined,
  required: { role: "required" },
  staff: { role: "staff" },
  superuser: { role: "superuser" },
  yes: { predicate: "yes" },
  no: { predicate: "no" },
  own: { predicate: "own" },
  throws: { predicate: "throws" },
  rejects: { predicate: "rejects" },
} as const;
type Guard = keyof typeof guards;

const expected: Record<Guard, Record<Person, number>> = {
  open: { nobody: 200, ada: 200, sam: 200, root: 200, both: 200, fallen: 200 },
  required: { nobody: 401, ada: 200, sam: 200, root: 200, both: 200, fallen: 200 },
  staff: { nobody: 401, ada: 403, sam: 200, root: 200, both: 200, fallen: 403 },
  superuser: { nobody: 401, ada: 403, sam: 403, root: 200, both: 200, fallen: 403 },
  yes: { nobody: 200, ada: 200, sam: 200, root: 200, both: 200, fallen: 200 },
  no: { nobody: 403, ada: 403, sam: 403, root: 403, both: 403, fallen: 403 },
  own: { nobody: 403, ada: 200, sam: 403, root: 403, both: 403, fallen: 403 },
  throws: { nobody: 500, ada: 500, sam: 500, root: 500, both: 500, fallen: 500 },
  rejects: { nobody: 500, ada: 500, sam: 500, root: 500, both: 500, fallen: 500 },
};
const messages: Readonly<Record<string, string>> = {
  "staff 403": "Staff access required",
  "superuser 403": "Superuser access required",
  "no 403": "Access denied",
  "own 403": "Access denied",
};
const messageOf = (guard: Guard, status: number): string => {
  if (status === 401) return "Authentication required";
  if (status === 500) return "An internal error occurred";
  return messages[`${guard} ${status}`] ?? "";
};

const names = Object.keys(guards) as Guard[];
const input = [field("n", integer({ min: 0 }), { omittable: true, default: 5 })];
const ran: string[] = [];
const { lines, logger } = recorder();

type Called = { [name: string]: (args: object) => Promise<unknown> };
type Ctx = { call: Called; user: unknown };

/** Each guard on a function, on one of a context, and on a private one; and what calls them. */
const functions = names.flatMap((name) => {
  const guard = guards[name];
  const guarded = { input, ...(guard && { guard }) };
  return [
    { name: `do_${name}`, ...guarded },
    { name: `see_${name}`, ...guarded, context: `at_${name}` },
    { name: `hide_${name}`, ...guarded, private: true },
    { name: `relay_do_${name}` },
    { name: `relay_hide_${name}` },
    { name: `twice_${name}` },
    { name: `look_${name}`, context: `by_${name}` },
  ];
});
const handlerOf = (name: string): ((input: unknown, ctx: Ctx) => unknown) => {
  const called = /^(?:relay|twice|look)_(.*)$/.exec(name)?.[1];
  if (called === undefined) return () => void ran.push(name);
  if (name.startsWith("twice_")) return (_, ctx) => ctx.call[`relay_do_${called}`]?.({});
  if (name.startsWith("look_")) return (_, ctx) => ctx.call[`see_${called}`]?.({ n: 5 });
  return (_, ctx) => ctx.call[called]?.({});
};
const mizan = serverOf(
  {
    contexts: names.flatMap((name) => [
      { name: `at_${name}`, functions: [`see_${name}`] },
      { name: `by_${name}`, functions: [`look_${name}`] },
    ]),
    functions,
  },
  Object.fromEntries(functions.map(({ name }) => [name, handlerOf(name)])),
  {
    logger,
    authenticate: async ({ headers }) => people[String(headers["x-user"]) as Person] ?? null,
    predicates: {
      yes: () => true,
      no: async () => false,
      own: ({ user, input: { n } }: { user: { id: number } | null; input: { n: number } }) =>
        user?.id === n,
      throws: () => {
        throw Object.assign(new Error("the predicate's secret"), { status: 418, expose: true });
      },
      rejects: () => Promise.reject(new Error("the predicate's secret")),
    },
  },
);

type Outcome = { readonly status: number; readonly message: string; readonly body: string };
type Envelope = { readonly message?: string };

async function called(fn: string, as: Person): Promise<Outcome> {
  const { status, json, body } = await call(mizan, fn, {}, { "x-user": as });
  return { status, message: (json as Envelope).message ?? "", body };
}
async function batched(context: string, as: Person): Promise<Outcome> {
  const answer = await ask(mizan, {
    method: "POST",
    path: "/ctx/",
    headers: { "content-type": "application/json", "x-user": as },
    body: JSON.stringify({ contexts: [{ context }] }),
  });
  const last = JSON.parse(answer.body.trim().split("\n").at(-1) ?? "");
  const { code = "", message = "" } = last.error ?? {};
  const status = { "": 200, UNAUTHORIZED: 401, FORBIDDEN: 403, INTERNAL_ERROR: 500 }[
    code as string
  ];
  return { status: status ?? 0, message, body: answer.body };
}
async function seen(context: string, as: Person, headers = {}): Promise<Outcome> {
  const answer = await read(mizan, context, "", { "x-user": as, ...headers });
  const message = answer.status === 200 ? "" : ((answer.json as Envelope).message ?? "");
  return { status: answer.status, message, body: answer.body };
}

/** What runs in the end, and how it is asked for. */
const doors: [string, (guard: Guard) => string, (guard: Guard, as: Person) => Promise<Outcome>][] =
  [
    ["call/", (name) => `do_${name}`, (name, as) => called(`do_${name}`, as)],
    [
      "call/, of a context's function",
      (name) => `see_${name}`,
      (name, as) => called(`see_${name}`, as),
    ],
    ["the context", (name) => `see_${name}`, (name, as) => seen(`at_${name}`, as)],
    ["a batch", (name) => `see_${name}`, (name, as) => batched(`at_${name}`, as)],
    ["ctx.call", (name) => `do_${name}`, (name, as) => called(`relay_do_${name}`, as)],
    [
      "ctx.call of a private function",
      (name) => `hide_${name}`,
      (name, as) => called(`relay_hide_${name}`, as),
    ],
    ["ctx.call within ctx.call", (name) => `do_${name}`, (name, as) => called(`twice_${name}`, as)],
    ["ctx.call from a context", (name) => `see_${name}`, (name, as) => seen(`by_${name}`, as)],
  ];

describe.each(doors)("through %s", (_, target, knock) => {
  test.each(names)("the guard %s", async (guard) => {
    for (const person of Object.keys(people) as Person[]) {
      ran.length = 0;
      lines.length = 0;
      const { status, message, body } = await knock(guard, person);
      const wanted = expected[guard][person];
      expect([person, status, message]).toEqual([person, wanted, messageOf(guard, wanted)]);
      expect([person, ran]).toEqual([person, status === 200 ? [target(guard)] : []]);
      expect(body).not.toContain("secret");
      expect(lines.map(({ level }) => level)).toEqual(status === 500 ? ["error"] : []);
    }
  });
});

test("line by line, what refuses a context has its own status still", async () => {
  const lined = { accept: "application/x-ndjson" };
  for (const guard of names) {
    expect((await seen(`at_${guard}`, "ada", lined)).status).toBe(expected[guard].ada);
  }
});

test("a private function is nobody's to call, not even a superuser's", async () => {
  ran.length = 0;
  for (const guard of names) {
    expect(await called(`hide_${guard}`, "both")).toMatchObject({
      status: 403,
      message: "Function is not client-callable",
    });
  }
  expect(ran).toEqual([]);
});

test("a role is asked before the input, a predicate after it", async () => {
  const statusOf = async (fn: string, as: Person, args: unknown): Promise<number> =>
    (await call(mizan, fn, args, { "x-user": as })).status;
  for (const args of [{ n: -1 }, [], "text"]) {
    expect(await statusOf("do_staff", "ada", args)).toBe(403);
    expect(await statusOf("do_staff", "nobody", args)).toBe(401);
    const faulty = Array.isArray(args) || typeof args === "string" ? 400 : 422;
    expect(await statusOf("do_staff", "sam", args)).toBe(faulty);
    expect(await statusOf("do_no", "sam", args)).toBe(faulty);
    expect(await statusOf("do_throws", "nobody", args)).toBe(faulty);
  }
});

test("a handler may live with a refusal", async () => {
  const caught: unknown[] = [];
  const lenient = serverOf(
    { functions: [{ name: "try" }, { name: "staff", guard: { role: "staff" } }] },
    {
      try: async (_: unknown, ctx: Ctx) => {
        await ctx.call["staff"]?.({}).catch((refused: Error) => caught.push(refused.message));
      },
      staff: () => null,
    },
  );
  expect((await call(lenient, "try")).status).toBe(200);
  expect(caught).toEqual(["Authentication required"]);
});
