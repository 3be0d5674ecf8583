/**
 * Clients that are slow, or leave at any moment, many of them at once: nobody who keeps to the rules waits for
 * them, handlers learn that nobody waits, and nothing of them is left.
 */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { nodeListener } from "@mizan/runtime/server";
import { createChance } from "../support/random.js";
import { callBytes, Connection, listen, toBytes, type Running } from "./sockets.js";
import { expectOurs, expectServed, target, type Target } from "./hostile-server.js";

const JSON_TYPE = { "Content-Type": "application/json" };
const LINES = { Accept: "application/x-ndjson" };
const FORM = { "Content-Type": "multipart/form-data; boundary=b" };
const form =
  '--b\r\nContent-Disposition: form-data; name="fn"\r\n\r\nwait\r\n' +
  `--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n${"y".repeat(5000)}\r\n--b--\r\n`;

/** Resolves when nothing is under way any more. */
async function untilIdle({ mizan }: Running): Promise<void> {
  while (mizan.health().inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe.each(["Express 5", "Express 4", "node:http"] as const)("%s", (framework) => {
  let running: Running;
  let aim: Target;
  beforeAll(async () => {
    aim = target({ bodyTimeoutMs: 300 });
    running = await listen(aim.mizan, framework);
  });
  afterAll(() => running.stop());

  test("leaving at any moment, in any way, leaves nothing behind", async () => {
    const chance = createChance(23);
    const requests = [
      callBytes("wait"),
      callBytes("ping"),
      toBytes("POST /api/mizan/call/", FORM, form),
      toBytes("GET /api/mizan/ctx/waiting/"),
      toBytes("GET /api/mizan/ctx/waiting/", LINES),
      toBytes(
        "POST /api/mizan/ctx/",
        JSON_TYPE,
        '{"contexts":[{"context":"waiting"},{"context":"notes"}]}',
      ),
      toBytes("POST /form/a/", { "Content-Type": "application/x-www-form-urlencoded" }, "n=1"),
    ];
    const leave = [
      (connection: Connection) => connection.destroy(),
      (connection: Connection) => connection.socket.resetAndDestroy(),
      (connection: Connection) => connection.socket.end(() => connection.destroy()),
    ];
    for (let round = 0; round < 8; round += 1) {
      const connections = Array.from({ length: 30 }, () => {
        const bytes = chance.pick(requests);
        const connection = new Connection(running.port);
        // All of it, or as much as chance says: of the head, of the body.
        connection.write(chance.one(2) ? bytes : bytes.subarray(0, chance.int(bytes.length)));
        return connection;
      });
      await Promise.all(
        connections.map(({ socket }) => socket.connecting && once(socket, "connect")),
      );
      const healthy = expectServed(running.port);
      for (const connection of chance.shuffle(connections)) {
        if (chance.one(3)) await new Promise(setImmediate);
        if (!connection.isClosed) chance.pick(leave)(connection);
      }
      await healthy;
      await Promise.all(connections.map(({ closed }) => closed));
      await untilIdle(running);
    }
    expect(aim.waits.started).toBeGreaterThan(20);
    expect(aim.waits.aborted).toBe(aim.waits.started);
  });

  test("hundreds who send half of something are answered or forgotten, and slow down nobody", async () => {
    const halves = [
      callBytes("ping").subarray(0, -5),
      callBytes("ping").subarray(0, -13),
      toBytes("POST /api/mizan/call/", FORM, form).subarray(0, -20),
      toBytes("POST /api/mizan/ctx/", { ...JSON_TYPE, "Content-Length": "1000" }, '{"contexts":['),
      toBytes("POST /api/mizan/call/", { ...JSON_TYPE, "Transfer-Encoding": "chunked" }, "3\r\n{}"),
    ];
    const slow = Array.from({ length: 200 }, (_, index) =>
      new Connection(running.port).write(halves[index % halves.length] ?? ""),
    );
    const headless = Array.from({ length: 50 }, () =>
      new Connection(running.port).write("POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nX-Half"),
    );
    await expectServed(running.port);
    await Promise.all(
      slow.map(async (connection) => {
        const [answer] = await connection.until(1);
        expect([answer?.status, answer?.headers["connection"]]).toEqual([408, "close"]);
        if (answer !== undefined) expectOurs(answer);
        await connection.closed;
      }),
    );
    await expectServed(running.port);
    expect(running.mizan.health().inFlight).toBe(0);
    for (const connection of headless) connection.destroy();
  });

  test("the head of a refusal is not held back while its sender goes on", async () => {
    const length = 30;
    const connection = new Connection(running.port).write(
      `HEAD /api/mizan/nope HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`,
    );
    let hasHead = false;
    connection.socket.once("data", () => (hasHead = true));
    let sent = 0;
    for (; !hasHead && sent < length; sent++) {
      connection.write("x");
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(sent).toBeLessThan(length);
    connection.destroy();
  });

  test("an answer that its client does not read holds up nobody else", async () => {
    const bytes = callBytes("echo", { text: "x".repeat(900_000) });
    const deaf = Array.from({ length: 10 }, () => {
      const connection = new Connection(running.port);
      connection.socket.pause();
      return connection.write(bytes);
    });
    await expectServed(running.port);
    for (const connection of deaf) connection.destroy();
    await untilIdle(running);
  });
});

test("what drips for ever is ended by node's own limits, and nothing of it is left", async () => {
  const { mizan } = target();
  const server = createServer(
    { connectionsCheckingInterval: 20, headersTimeout: 60, requestTimeout: 120 },
    nodeListener(mizan),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const running: Running = { mizan, server, port, stop: async () => undefined };
  const head = "POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const drips = [
    head,
    `${head}Content-Length: 1000\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\n`,
  ];
  await Promise.all(
    drips.map(async (start, index) => {
      const connection = new Connection(port).write(start);
      const piece = ["X", " ", "1\r\n \r\n"][index] ?? "";
      const drip = setInterval(() => connection.write(piece), 10);
      await connection.closed;
      clearInterval(drip);
    }),
  );
  await untilIdle(running);
  await expectServed(port);
  await mizan.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
