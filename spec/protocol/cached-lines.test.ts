/** Streams and batches of contexts that the server keeps: the same answers, whoever loaded them. */
import { field, integer, optional, string } from "@mizan/runtime/abi/v1/server";
import type { Mizan, WireResponse } from "@mizan/runtime/server";
import { ask, askRaw, call, read, serverOf, type Answered } from "./ask.js";

const LINES = { accept: "application/x-ndjson" };
const id = field("id", integer());
const how = field("how", optional(string()), { omittable: true });
const given = {
  contexts: [
    { name: "page", functions: ["fast", "slow"], cache: { ttl: 60, public: false } },
    { name: "mine", functions: ["mine"], cache: { ttl: 60, public: false } },
  ],
  functions: [
    { name: "fast", input: [id], output: integer(), context: "page" },
    { name: "slow", input: [id, how], output: integer(), context: "page" },
    { name: "mine", output: string(), context: "mine", guard: { role: "required" as const } },
    { name: "change", affects: [{ context: "page" }] },
  ],
};

let runs: string[] = [];
let version = 1;
let gate: Promise<void> | null = null;
const handlers = {
  fast: ({ id: n }: { id: number }) => (runs.push("fast"), n * 100 + version),
  slow: async ({ id: n, how: wanted }: { id: number; how: string | null }) => {
    runs.push("slow");
    const found = n * 1000 + version;
    await gate;
    if (wanted === "fail") throw new Error("no answer");
    return found;
  },
  mine: (_: object, { user }: { user: { id: string } }) => (runs.push("mine"), user.id),
  change: () => void (version += 1),
};
const serve = (): Mizan =>
  serverOf(given, handlers, {
    authenticate: ({ headers }: { headers: Record<string, string> }) =>
      headers["x-user"] === undefined ? null : { id: headers["x-user"] },
  } as never);
let mizan: Mizan;

beforeEach(() => {
  mizan = serve();
  runs = [];
  version = 1;
  gate = null;
});

/** Answers how the gate is opened. */
function closeGate(): () => void {
  let open = (): void => {};
  gate = new Promise((resolve) => {
    open = resolve;
  });
  return open;
}
const asked = (query: string) => ({ path: "/ctx/page/", query, headers: LINES });
const batch = (contexts: unknown, headers: Record<string, string> = {}): Promise<Answered> =>
  ask(mizan, {
    method: "POST",
    path: "/ctx/",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ contexts }),
  });
async function* textsOf({ body }: WireResponse): AsyncGenerator<string, undefined> {
  if (typeof body === "string") throw new Error(`No stream: ${body}`);
  for await (const text of body) yield text;
}
const turn = (): Promise<void> => new Promise(setImmediate);

test("what a stream loaded, the others get: as a bundle, as lines, in a batch", async () => {
  const { lines } = await read(mizan, "page", "id=5", LINES);
  const bundle = await read(mizan, "page", "id=5");
  expect(bundle.headers["x-mizan-cache"]).toBe("HIT");
  expect(lines).toEqual([
    { slot: "fast", value: { result: 501 } },
    { slot: "slow", value: { result: 5001 } },
    { done: true, etag: bundle.headers["etag"] },
  ]);
  expect((await read(mizan, "page", "id=5", LINES)).lines).toEqual(lines);
  const page = { context: "page", params: { id: "5" } };
  expect((await batch([page])).lines).toEqual(lines.map((line) => ({ i: 0, ...(line as object) })));
  expect(runs).toEqual(["fast", "slow"]);
});

test("what a batch loaded, a single read gets, and what a bundle was, lines are", async () => {
  const params = { id: 5 };
  await batch([{ context: "page", params }]);
  expect((await read(mizan, "page", "id=5")).headers["x-mizan-cache"]).toBe("HIT");
  expect((await read(mizan, "page", "id=6")).headers["x-mizan-cache"]).toBe("MISS");
  expect((await read(mizan, "page", "id=6", LINES)).lines).toHaveLength(3);
  expect(runs).toHaveLength(4);
});

test("slots come as they are done although the bundle will be kept", async () => {
  const open = closeGate();
  const texts = textsOf(await askRaw(mizan, asked("id=5")));
  expect((await texts.next()).value).toContain('"slot":"fast"');
  open();
  expect((await texts.next()).value).toMatch(/"slot":"slow".*\n.*"done":true/);
});

test("who asks for what is being loaded gets it whole, and nothing runs twice", async () => {
  const open = closeGate();
  const first = textsOf(await askRaw(mizan, asked("id=5")));
  const second = read(mizan, "page", "id=5", LINES);
  const third = batch([{ context: "page", params: { id: 5 } }]);
  expect((await first.next()).value).toContain('"slot":"fast"');
  await turn();
  open();
  for (const { lines } of [await second, await third]) {
    expect(lines).toMatchObject([{ slot: "fast" }, { slot: "slow" }, { done: true }]);
  }
  expect(runs).toEqual(["fast", "slow"]);
});

test("who waits for a stream whose reader left is answered all the same", async () => {
  const open = closeGate();
  const first = textsOf(await askRaw(mizan, asked("id=5")));
  await first.next();
  const second = read(mizan, "page", "id=5");
  await turn();
  await first.return(undefined);
  open();
  expect((await second).json).toEqual({ fast: { result: 501 }, slow: { result: 5001 } });
});

test("a failure is not kept", async () => {
  const failed = await read(mizan, "page", "id=5&how=fail", LINES);
  expect(failed.lines.at(-1)).toMatchObject({ error: { code: "INTERNAL_ERROR" } });
  await read(mizan, "page", "id=5&how=fail", LINES);
  expect(runs).toHaveLength(4);
});

test("an effect that came while a stream was loading keeps it out of the cache", async () => {
  const open = closeGate();
  const texts = textsOf(await askRaw(mizan, asked("id=5")));
  await texts.next();
  await call(mizan, "change");
  open();
  expect((await texts.next()).value).toContain("5001");
  expect((await read(mizan, "page", "id=5")).json).toEqual({
    fast: { result: 502 },
    slow: { result: 5002 },
  });
});

test("guards stand before the cache, and users are kept apart", async () => {
  const contexts = [{ context: "mine" }, { context: "mine", params: { id: 1 } }];
  for (const user of ["ada", "bob", "ada"]) {
    const { lines } = await batch(contexts, { "x-user": user });
    expect(lines.filter((line) => "slot" in (line as object))).toEqual([
      { i: 0, slot: "mine", value: { result: user } },
      { i: 1, slot: "mine", value: { result: user } },
    ]);
  }
  expect(runs).toEqual(["mine", "mine"]);
  expect((await batch(contexts)).lines).toMatchObject([
    { i: 0, error: { status: 401 } },
    { i: 1, error: { status: 401 } },
  ]);
  expect((await read(mizan, "mine", "", LINES)).status).toBe(401);
});
