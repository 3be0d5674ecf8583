/** Closing: what is under way finishes, within a deadline; nothing new begins; connections are not kept. */
import { connect } from "node:net";
import { integer, string } from "@mizan/runtime/abi/v1/server";
import { recorder, serverOf } from "./ask.js";
import { callBytes, Connection, listen, sendOnce, toBytes, type Running } from "./sockets.js";

/** More than the system holds between a server and a client that does not read. */
const LARGE = 30_000_000;

type Ctx = { readonly signal: AbortSignal };

/** Handlers that wait for the test, and what they heard meanwhile. */
function stage(
  options: { readonly bodyTimeoutMs?: number; readonly handlerTimeoutMs?: number } = {},
) {
  const { lines, logger } = recorder();
  const started: string[] = [];
  const aborted: string[] = [];
  let finish = (): void => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));
  const wait =
    (name: string, value: unknown) =>
    async (_input: unknown, { signal }: Ctx): Promise<unknown> => {
      started.push(name);
      signal.addEventListener("abort", () => aborted.push(name));
      await finished;
      return value;
    };
  const mizan = serverOf(
    {
      contexts: [
        { name: "page", functions: ["fast", "slow"] },
        { name: "large", functions: ["big"] },
        { name: "stuck", functions: ["endless", "huge"] },
      ],
      functions: [
        { name: "ping", output: integer() },
        { name: "work", output: integer() },
        { name: "fast", output: integer(), context: "page" },
        { name: "slow", output: integer(), context: "page" },
        { name: "big", output: string(), context: "large" },
        { name: "endless", output: integer(), context: "stuck" },
        { name: "huge", output: string(), context: "stuck" },
      ],
      views: [
        { name: "form", route: ["form"], methods: ["POST"], input: [] },
        { name: "half", route: ["half"], methods: ["GET"], input: [] },
      ],
    },
    {
      ping: () => 1,
      work: wait("work", 5),
      fast: () => 1,
      slow: wait("slow", 2),
      endless: wait("endless", 1),
      huge: () => "x".repeat(LARGE),
      big: () => {
        started.push("big");
        return "x".repeat(LARGE);
      },
      form: async (input: unknown, ctx: Ctx & { res: { end(text: string): void } }) => {
        await wait("form", null)(input, ctx);
        ctx.res.end("sent");
      },
      half: async (input: unknown, ctx: Ctx & { res: { write(text: string): void } }) => {
        ctx.res.write("half");
        await wait("half", null)(input, ctx);
      },
    },
    { logger, ...options },
  );
  const until = async (count: number): Promise<void> => {
    while (started.length < count) await new Promise(setImmediate);
  };
  return { mizan, lines, started, aborted, finish, until };
}

const running: Running[] = [];
async function listening(...args: Parameters<typeof listen>): Promise<Running> {
  const one = await listen(...args);
  running.push(one);
  return one;
}
afterEach(() => Promise.all(running.splice(0).map((one) => one.stop())));

const lines = (text: string): unknown[] =>
  text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe.each(["Express 5", "node:http"] as const)("%s", (framework) => {
  test("what is under way finishes, and its connection is not kept", async () => {
    const { mizan, finish, until } = stage();
    const { port } = await listening(mizan, framework);
    const [working, viewing, idle] = [
      new Connection(port),
      new Connection(port),
      new Connection(port),
    ];
    await idle.write(callBytes("ping")).until(1);
    expect(idle.answers[0]?.headers["connection"]).not.toBe("close");
    working.write(callBytes("work"));
    viewing.write(toBytes("POST /form"));
    await until(2);
    const closing = mizan.close();
    expect((await idle.write(callBytes("ping")).until(2))[1]).toMatchObject({
      status: 503,
      headers: { connection: "close", "retry-after": "2" },
    });
    await idle.closed;
    finish();
    expect(await working.next()).toMatchObject({
      status: 200,
      headers: { connection: "close" },
      text: '{"result":{"result":5}}',
    });
    await viewing.closed;
    expect(viewing.answers[0]).toMatchObject({
      status: 200,
      headers: { connection: "close" },
      text: "sent",
    });
    await Promise.all([working.closed, closing]);
  });

  test("what is left at the deadline is aborted and answered, or cut", async () => {
    const { mizan, aborted, lines: logged, until } = stage();
    const { port } = await listening(mizan, framework);
    const [working, viewing, half] = [
      new Connection(port),
      new Connection(port),
      new Connection(port),
    ];
    working.write(callBytes("work"));
    viewing.write(toBytes("POST /form"));
    half.write(toBytes("GET /half"));
    await until(3);
    const streamed = await fetch(`http://127.0.0.1:${port}/api/mizan/ctx/page/`, {
      headers: { Accept: "application/x-ndjson" },
    });
    await mizan.close({ deadlineMs: 30 });
    expect(aborted.toSorted()).toEqual(["form", "half", "slow", "work"]);
    for (const connection of [working, viewing]) {
      const answer = (await connection.until(1))[0];
      expect(answer).toMatchObject({ status: 503, headers: { connection: "close" } });
      expect(JSON.parse(answer?.text ?? "")).toMatchObject({ error: true, code: "UNAVAILABLE" });
    }
    await half.closed;
    expect(half.rest).not.toContain("\r\n0\r\n\r\n");
    expect(lines(await streamed.text())).toEqual([
      { slot: "fast", value: { result: 1 } },
      { error: expect.objectContaining({ status: 503, code: "UNAVAILABLE" }) },
    ]);
    expect(logged.map(({ level, message }) => `${level} ${message}`)).toEqual(
      expect.arrayContaining(["warn mizan: work was cut short, as the server is closing"]),
    );
  });

  test("a body that is still to come does not hold up closing", async () => {
    const { mizan } = stage();
    const { port } = await listening(mizan, framework);
    const half = new Connection(port).write(callBytes("ping").subarray(0, -3));
    const uploading = new Connection(port).write(
      toBytes("POST /api/mizan/call/", {
        "Content-Type": "multipart/form-data; boundary=b",
        "Content-Length": "100",
      }),
    );
    // Both are in the server's hands once a request behind them is answered.
    await sendOnce(port, callBytes("ping"));
    await mizan.close({ deadlineMs: 20 });
    for (const connection of [half, uploading]) {
      expect((await connection.until(1))[0]).toMatchObject({ status: 503 });
      await connection.closed;
    }
  });

  test("a body that stalls is answered, and its connection ended", async () => {
    const { mizan } = stage({ bodyTimeoutMs: 40 });
    const { port } = await listening(mizan, framework);
    const bodies: [string, Buffer][] = [
      ["nothing of a call", callBytes("ping").subarray(0, -13)],
      ["half of a call", callBytes("ping").subarray(0, -3)],
      [
        "a chunk",
        toBytes(
          "POST /api/mizan/call/",
          { "Content-Type": "application/json", "Transfer-Encoding": "chunked" },
          '5\r\n{"fn"\r\n',
        ),
      ],
      [
        "half of a form",
        toBytes(
          "POST /api/mizan/call/",
          { "Content-Type": "multipart/form-data; boundary=b", "Content-Length": "500" },
          '--b\r\nContent-Disposition: form-data; name="fn"\r\n\r\nping',
        ),
      ],
      [
        "half of a batch",
        toBytes(
          "POST /api/mizan/ctx/",
          { "Content-Type": "application/json", "Content-Length": "50" },
          '{"contexts"',
        ),
      ],
      [
        "half of a view's form",
        toBytes(
          "POST /form",
          { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": "50" },
          "a=1",
        ),
      ],
    ];
    await Promise.all(
      bodies.map(async ([name, bytes]) => {
        const connection = new Connection(port).write(bytes);
        const answer = await connection.next();
        expect([name, answer.status, JSON.parse(answer.text).code]).toEqual([
          name,
          408,
          "BAD_REQUEST",
        ]);
        await connection.closed;
      }),
    );
    expect((await sendOnce(port, callBytes("ping"))).status).toBe(200);
  });

  test("a slow body that keeps coming is waited for", async () => {
    const { mizan } = stage({ bodyTimeoutMs: 500 });
    const { port } = await listening(mizan, framework);
    const bytes = callBytes("ping");
    const connection = new Connection(port).write(bytes.subarray(0, -12));
    for (const byte of bytes.subarray(-12)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      connection.write(Buffer.of(byte));
    }
    expect(await connection.next()).toMatchObject({ status: 200 });
    connection.destroy();
  });
});

test("a client that does not read its stream is cut off at the deadline", async () => {
  const { mizan, until } = stage();
  const { port } = await listening(mizan);
  const connection = new Connection(port).write(
    toBytes("GET /api/mizan/ctx/large/", { Accept: "application/x-ndjson" }),
  );
  connection.socket.pause();
  await until(1);
  await mizan.close({ deadlineMs: 10 });
  connection.socket.resume();
  await connection.closed;
  expect(connection.rest.length).toBeLessThan(LARGE);
});

test("where a read was still open then, its client has a second to take what was said", async () => {
  const { mizan, until } = stage();
  const { port } = await listening(mizan);
  const connection = new Connection(port).write(
    toBytes("GET /api/mizan/ctx/stuck/", { Accept: "application/x-ndjson" }),
  );
  connection.socket.pause();
  await until(1);
  await mizan.close({ deadlineMs: 10 });
  connection.socket.resume();
  await connection.closed;
  expect(connection.rest).not.toContain('"error"');
});

test("a client that takes nothing of its answer is cut off, one that is slow is not", async () => {
  const { mizan } = stage({ handlerTimeoutMs: 400 });
  const { port } = await listening(mizan);
  /** Takes a few megabytes, pauses, at most so often; answers how many bytes came until the end. */
  const take = (pauseMs: number, pauses: number): Promise<number> =>
    new Promise((resolve) => {
      let [all, atOnce] = [0, 0];
      const socket = connect(port, "127.0.0.1");
      socket.write(toBytes("GET /api/mizan/ctx/large/", { Connection: "close" }));
      socket.on("data", ({ length }: Buffer) => {
        all += length;
        atOnce += length;
        if (atOnce < 2_000_000 || pauses === 0) return;
        atOnce = 0;
        pauses -= 1;
        socket.pause();
        setTimeout(() => socket.resume(), pauseMs);
      });
      socket.on("error", () => undefined);
      socket.on("close", () => resolve(all));
    });
  const [slow, deaf] = await Promise.all([take(40, Infinity), take(2000, 1)]);
  expect(slow).toBeGreaterThan(LARGE);
  expect(deaf).toBeLessThan(LARGE);
});

test("closing again may be more impatient, and is told of nonsense", async () => {
  const { mizan, until, aborted } = stage();
  const { port } = await listening(mizan);
  const connection = new Connection(port).write(callBytes("work"));
  await until(1);
  const patient = mizan.close({ deadlineMs: Infinity });
  for (const deadlineMs of [-1, NaN, null, "5"] as number[]) {
    await expect(mizan.close({ deadlineMs })).rejects.toThrow("deadlineMs");
  }
  await mizan.close({ deadlineMs: 0 });
  await patient;
  await mizan.close();
  expect(aborted).toEqual(["work"]);
  expect((await connection.until(1))[0]?.status).toBe(503);
});

test("a process can end once its server has closed, with every answer sent", async () => {
  const { mizan, finish, until } = stage();
  const { port, server } = await listening(mizan);
  const connection = new Connection(port).write(callBytes("work"));
  await until(1);
  const closed = new Promise((resolve) => server.close(resolve));
  const closing = mizan.close();
  finish();
  await Promise.all([closing, closed]);
  expect((await connection.until(1))[0]?.status).toBe(200);
});
