/**
 * Bodies and queries that are large, deep, many or strange: each is answered in the envelope, at a cost that a
 * client beside it does not notice, and nothing of it ends where it could change anything.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createChance } from "../support/random.js";
import { callBytes, listen, sendOnce, toBytes, type HttpAnswer, type Running } from "./sockets.js";
import { expectOurs, expectServed, target } from "./hostile-server.js";

const JSON_TYPE = { "Content-Type": "application/json" };
const FORM_TYPE = { "Content-Type": "application/x-www-form-urlencoded" };
const MANY = 1_000_000;

let running: Running;
beforeAll(async () => {
  running = await listen(target().mizan, "Express 5");
});
afterAll(() => running.stop());
afterEach(() => expectServed(running.port));

const post = (body: string | Uint8Array, path = "/api/mizan/call/"): Promise<HttpAnswer> =>
  sendOnce(running.port, toBytes(`POST ${path}`, JSON_TYPE, body));
const call = (fn: string, args: unknown): Promise<HttpAnswer> =>
  sendOnce(running.port, callBytes(fn, args));
const fieldsOf = ({ text }: HttpAnswer): Record<string, string[]> =>
  JSON.parse(text).details?.fields ?? {};

describe("bodies", () => {
  test.each<[string, string, number]>([
    ["brackets", "[".repeat(MANY), 400],
    ["braces", '{"a":'.repeat(MANY / 5), 400],
    ["both, closed", "[".repeat(MANY / 2) + "]".repeat(MANY / 2), 400],
    [
      "brackets inside args",
      `{"fn":"any","args":{"value":${"[".repeat(5000)}${"]".repeat(5000)}}}`,
      400,
    ],
    ["one text", `"${"a".repeat(MANY)}"`, 400],
    ["one number", "1".repeat(MANY), 400],
    ["a long fraction", `{"fn":"any","args":{"value":0.${"1".repeat(MANY / 2)}}}`, 200],
    ["an exponent beyond numbers", '{"fn":"numbers","args":{"all":[1e999999999]}}', 422],
    ["white space", " ".repeat(MANY), 400],
    ["escapes", `{"fn":"echo","args":{"text":"${"\\u0041".repeat(MANY / 8)}"}}`, 200],
    ["half characters", `{"fn":"echo","args":{"text":"${"\\ud800".repeat(MANY / 8)}"}}`, 422],
    ["many keys", `{${Array.from({ length: 80_000 }, (_, at) => `"k${at}":1`).join()}}`, 400],
    ["the same key", `{"fn":"ping",${'"args":{},'.repeat(90_000)}"args":{}}`, 200],
    ["a name without end", `{"fn":"${"x".repeat(MANY)}"}`, 404],
    [
      "keys of numbers",
      `{"fn":"words","args":{"by_name":{${Array.from({ length: 50_000 }, (_, at) => `"${at}":"x"`).join()}}}}`,
      200,
    ],
  ])("of %s", async (_, body, status) => {
    const answer = await post(body);
    expectOurs(answer, body.slice(0, 40));
    expect(answer.status).toBe(status);
  });

  test("that are no UTF-8, wherever it is", async () => {
    for (const bytes of [
      "ff",
      "c0af",
      "eda080",
      "f4908080",
      "80",
      "c3",
      "fffe7b007d00",
      "00007b",
    ]) {
      const broken = Buffer.from(bytes, "hex");
      for (const body of [
        broken,
        Buffer.concat([Buffer.from('{"fn":"echo","args":{"text":"'), broken, Buffer.from('"}}')]),
        Buffer.concat([Buffer.from('{"'), broken, Buffer.from('":1,"fn":"ping"}')]),
      ]) {
        const answer = await post(body);
        expectOurs(answer, bytes);
        expect([bytes, answer.status]).toEqual([bytes, 400]);
      }
      const query = bytes.replace(/../g, "%$&");
      for (const path of [`ctx/notes/?title=${query}`, `ctx/notes/?${query}=1`]) {
        const answer = await sendOnce(running.port, toBytes(`GET /api/mizan/${path}`));
        expectOurs(answer, path);
      }
      expectOurs(await sendOnce(running.port, toBytes("POST /form/a/", FORM_TYPE, `n=${query}`)));
      const raw = Buffer.concat([Buffer.from("n="), broken]);
      expectOurs(await sendOnce(running.port, toBytes("POST /form/a/", FORM_TYPE, raw)), bytes);
    }
  });

  test("as forms of thousands of fields and parts", async () => {
    const boundary = "b";
    const type = { "Content-Type": `multipart/form-data; boundary=${boundary}` };
    const part = (name: string, value: string): string =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    for (const body of [
      `${part("fn", "ping")}${part("x", "1").repeat(20_000)}--b--\r\n`,
      `${Array.from({ length: 10_000 }, (_, at) => part(`k${at}`, "")).join("")}--b--\r\n`,
      `${part("fn", "ping").repeat(5)}--b--\r\n`,
      `--b\r\n${"X: y\r\n".repeat(50_000)}\r\n\r\n--b--\r\n`,
      "--b\r\n".repeat(100_000),
      `--b\r\nContent-Disposition: form-data; name="${"n".repeat(500_000)}"\r\n\r\n\r\n--b--\r\n`,
      part("__proto__", "1") + part("fn", "ping") + part("constructor", "x") + "--b--\r\n",
    ]) {
      expectOurs(
        await sendOnce(running.port, toBytes("POST /api/mizan/call/", type, body)),
        body.slice(0, 80),
      );
    }
    for (const body of [
      "n=1&".repeat(200_000),
      "&".repeat(MANY),
      "=".repeat(MANY),
      "%".repeat(MANY),
      "n=".concat("+".repeat(MANY / 2)),
    ]) {
      const answer = await sendOnce(running.port, toBytes("POST /form/a/", FORM_TYPE, body));
      // A view answers what it likes.
      if (answer.status !== 200) expectOurs(answer, body.slice(0, 20));
    }
  });
});

describe("values", () => {
  const PROTOTYPES = [
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "then",
    "toJSON",
  ];

  test("names of the prototype are names, everywhere", async () => {
    for (const name of PROTOTYPES) {
      const inner = { [name]: { polluted: true }, n: 1 };
      const own = JSON.stringify(inner).replace('"n"', `"${name}":{"polluted":1},"n"`);
      for (const body of [
        `{"fn":"any","args":{"value":${own}}}`,
        `{"fn":"any","args":{"${name}":{"polluted":true},"value":1}}`,
        `{"${name}":{"fn":"ping","polluted":true},"fn":"ping"}`,
        `{"fn":"${name}"}`,
        `{"fn":"words","args":{"by_name":{"${name}":"x"}}}`,
        `{"fn":"tree","args":{"root":{"children":{"${name}":{"n":1,"children":{"${name}":{}}}}}}}`,
        `{"fn":"ping","args":{"__proto__":{"polluted":true}}}`,
      ]) {
        expectOurs(await post(body), body);
      }
      const echoed = await post(`{"fn":"any","args":{"value":{"${name}":5}}}`);
      expect(echoed.text).toBe(`{"result":{"result":{"${name}":5}}}`);
      for (const path of [
        `ctx/${name}/`,
        `ctx/notes/?${name}=1`,
        `ctx/notes/?title=x&${name}[polluted]=1`,
      ]) {
        expectOurs(await sendOnce(running.port, toBytes(`GET /api/mizan/${path}`)), path);
      }
      for (const entry of [
        { context: name },
        { context: "notes", params: JSON.parse(`{"${name}":{"a":1}}`) },
      ]) {
        const batch = JSON.stringify({ contexts: [entry], [name]: 1 });
        const answer = await fetch(`http://127.0.0.1:${running.port}/api/mizan/ctx/`, {
          method: "POST",
          headers: JSON_TYPE,
          body: batch,
        });
        expect([batch, answer.status]).toEqual([batch, 200]);
        await answer.text();
      }
      const form = await sendOnce(
        running.port,
        toBytes(`POST /form/${name}/`, FORM_TYPE, `${name}=1&n=1`),
      );
      expect([form.status, form.text]).toEqual([200, name]);
    }
    expect({}).not.toHaveProperty("polluted");
    expect(Object.prototype).not.toHaveProperty("n");
  });

  test("what goes on into headers cannot end them", async () => {
    const evil = [
      "a\r\nSet-Cookie: x=1",
      "\n\n",
      "\r",
      "\u0000",
      "\u2028",
      ", notes",
      ";b=1",
      "()x",
      "é😀",
      "%0d%0a",
      "x".repeat(100_000),
    ];
    for (const title of evil) {
      const answer = await call("rename", { title });
      expectOurs(answer, title.slice(0, 20));
      expect(answer.status).toBe(200);
      const header = answer.headers["x-mizan-invalidate"] ?? "";
      expect(header).toMatch(/^[\w.~%;=, -]+$/);
      expect(header.length).toBeLessThanOrEqual(4096);
      expect(answer.headers).not.toHaveProperty("set-cookie");
      if (title.length < 100) {
        const words = header
          .split(", ")
          .map((entry) => decodeURIComponent(entry.split(";title=")[1] ?? ""));
        expect(words).toEqual([title, `again ${title}`]);
      }
    }
  });

  test("of every format, a megabyte of what is almost one", async () => {
    const almost: [string, string][] = [
      ["email", `${"a.".repeat(MANY / 4)}@x`],
      ["email", `a@${"a.".repeat(MANY / 4)}1`],
      ["email", `a@${"a-".repeat(MANY / 4)}`],
      ["email", "a".repeat(MANY / 2)],
      ["url", `http://${"a".repeat(MANY / 2)}`],
      ["url", `http://${"a.".repeat(MANY / 4)}:x`],
      ["url", `http://x/${"../".repeat(MANY / 6)}`],
      ["url", " ".repeat(MANY / 2)],
      ["uuid", "0".repeat(MANY / 2)],
      ["bytes", `${"A".repeat(MANY / 2)}=`],
      ["bytes", "=".repeat(MANY / 2)],
      ["datetime", `2024-01-02T03:04:05.${"1".repeat(MANY / 2)}`],
      ["decimal", `${"1".repeat(MANY / 2)}.`],
      ["decimal", "-".repeat(MANY / 2)],
    ];
    for (const [name, text] of almost) {
      expectOurs(await call("formats", { [name]: text }), [name, text.slice(0, 20)]);
    }
  });

  test("a pattern is asked of no text that is longer than it may be", async () => {
    // Held against the pattern, each of them would take minutes.
    for (const [fn, text, most] of [
      ["trimmed", `${" ".repeat(MANY / 2)}x`, 10_000],
      ["short", `${"a".repeat(60)}!`, 12],
    ] as const) {
      const answer = await call(fn, { text });
      expectOurs(answer, fn);
      expect(fieldsOf(answer)).toEqual({ text: [`Must have at most ${most} characters`] });
    }
    expect((await call("trimmed", { text: "no space" })).status).toBe(422);
    expect((await call("trimmed", { text: `${"x".repeat(9999)} ` })).status).toBe(200);
    expect((await call("short", { text: "aaaaaaaaaaaa" })).status).toBe(200);
  });

  test("a flood of faults is answered by some of them", async () => {
    const many = await call("numbers", { all: Array.from({ length: 100_000 }, () => "x") });
    expectOurs(many);
    expect(Object.keys(fieldsOf(many))).toHaveLength(500);
    // A path of names as long and as deep as they are taken, in front of every fault.
    let root: object = {
      children: Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`k${at}`, { n: "x" }])),
    };
    for (let depth = 0; depth < 28; depth += 1) root = { children: { ["é".repeat(5000)]: root } };
    const deep = await call("tree", { root });
    expectOurs(deep);
    expect(deep.status).toBe(422);
    expect(Object.keys(fieldsOf(deep)).length).toBeGreaterThan(5);
    expect(deep.text.length).toBeLessThan(150_000);
  });

  test("batches of thousands are refused, of fifty served, whatever is in them", async () => {
    const one = '{"context":"notes","params":{"title":"x"}}';
    const refused = await post(
      `{"contexts":[${Array.from({ length: 20_000 }, () => one).join()}]}`,
      "/api/mizan/ctx/",
    );
    expectOurs(refused);
    expect(refused.status).toBe(400);
    const chance = createChance(5);
    for (let round = 0; round < 20; round += 1) {
      const contexts = Array.from({ length: 50 }, () =>
        chance.pick<unknown>([
          { context: "notes" },
          {
            context: "notes",
            params: {
              title: chance.pick([
                1,
                null,
                "x",
                [],
                ["a", "b"],
                {},
                [[]],
                true,
                "\ud800",
                "x".repeat(1000),
              ]),
            },
          },
          { context: chance.pick(["nope", "", "__proto__", "x".repeat(1000)]) },
        ]),
      );
      const answer = await fetch(`http://127.0.0.1:${running.port}/api/mizan/ctx/`, {
        method: "POST",
        headers: JSON_TYPE,
        body: JSON.stringify({ contexts }),
      });
      const lines = (await answer.text())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      const ends = lines.filter((line) => "done" in line || "error" in line).map(({ i }) => i);
      expect(ends.toSorted((a, b) => a - b)).toEqual(contexts.map((_, index) => index));
      expect(lines.filter((line) => line.error?.status === 500)).toEqual([]);
    }
  });
});

test("memory is flat, whatever was sent", async () => {
  const bodies = [
    "[".repeat(MANY),
    `{"fn":"echo","args":{"text":"${"a".repeat(MANY / 2)}"}}`,
    "x".repeat(2 * MANY),
    '{"fn":"numbers","args":{"all":[' + '"x",'.repeat(100_000) + "1]}}",
  ];
  const round = async (): Promise<void> => {
    await Promise.all(bodies.flatMap((body) => [post(body), post(body), post(body)]));
  };
  const used = async (): Promise<number> => {
    for (let turn = 0; turn < 3; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      collect();
    }
    return process.memoryUsage().heapUsed + process.memoryUsage().external;
  };
  const collect = collector();
  for (let warm = 0; warm < 3; warm += 1) await round();
  const before = await used();
  for (let again = 0; again < 6; again += 1) await round();
  // What is sent meanwhile is sixty megabytes.
  expect((await used()) - before).toBeLessThan(15_000_000);
});

/** Node's own garbage collector, on demand. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  if (typeof gc !== "function") throw new Error("no garbage collector");
  return () => void gc();
}
