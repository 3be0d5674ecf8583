/**
 * Requests that keep to no rule, as bytes over real sockets: lines, paths, headers and framing. Whoever sends a
 * complete request gets one answer in the envelope, or, where it is no HTTP, node's own refusal and the end of
 * the connection.
 */
import { createChance } from "../support/random.js";
import { callBytes, Connection, listen, sendOnce, toBytes, type Running } from "./sockets.js";
import { expectOurs, expectServed, target } from "./hostile-server.js";

const JSON_TYPE = { "Content-Type": "application/json" };

describe.each(["Express 5", "node:http"] as const)("%s", (framework) => {
  let running: Running;
  beforeAll(async () => {
    running = await listen(target().mizan, framework);
  });
  afterAll(() => running.stop());
  afterEach(() => expectServed(running.port));

  test.each([
    "/api/mizan/call/../call/",
    "/api/mizan/./call/",
    "/api/mizan/%2e%2e/call/",
    "/api/mizan/%2e/call/",
    "/api/mizan//call/",
    "/api/mizan/call//",
    "/api/mizan/\\call/",
    "/api/mizan/call\\",
    "/api/mizan/call%2f",
    "/api/mizan/call/%00",
    "/api/mizan/%63all/",
    "/api/mizan/CALL/",
    "/api/mizan/call/;a=1",
    "/api/mizan/ctx/%00/",
    "/api/mizan/ctx/%ff/",
    "/api/mizan/ctx/%/",
    "/api/mizan/ctx/..%2fnotes/",
    "/api/mizan/ctx/notes/../notes/",
    "/api/mizan/ctx/notes%2f",
    "/api/mizan/ctx/__proto__/",
    "/api/mizan/ctx/constructor",
    `/api/mizan/ctx/${"x".repeat(12_000)}/`,
    `/api/mizan/${"/".repeat(5000)}`,
    `/api/mizan/${"../".repeat(3000)}call/`,
    "http://app.example/api/mizan/nope",
    "http://app.example/api/mizan/../call/",
  ])("the path %.60s leads nowhere, or to one endpoint", async (path) => {
    for (const method of ["GET", "POST"]) {
      const answer = await sendOnce(running.port, toBytes(`${method} ${path}`, JSON_TYPE, "{}"));
      expectOurs(answer, path);
      expect([path, [404, 405].includes(answer.status)]).toEqual([path, true]);
    }
  });

  test.each(["*", "app.example:443", "/", "//", "/..", "/%", "/api", "/api/mizanx/call/", "?"])(
    "the target %s is not ours",
    async (path) => {
      const answer = await sendOnce(running.port, toBytes(`OPTIONS ${path}`));
      expect([path, answer.status < 500]).toEqual([path, true]);
    },
  );

  test.each(["GET", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "SEARCH", "PURGE", "LINK"])(
    "the method %s calls nothing",
    async (method) => {
      const headers = {
        ...JSON_TYPE,
        "X-HTTP-Method-Override": "POST",
        "X-Method-Override": "POST",
      };
      for (const endpoint of ["call/", "session/", "ctx/", "ctx/notes/"]) {
        const bytes = toBytes(`${method} /api/mizan/${endpoint}`, headers, '{"fn":"ping"}');
        const answer = await sendOnce(running.port, bytes);
        expectOurs(answer, [method, endpoint]);
        expect(answer.text).not.toMatch(/^\{"result"/);
      }
    },
  );

  test("a header of every size below node's limit is read or passed over, one above it is node's to refuse", async () => {
    const long = "x".repeat(14_000);
    for (const name of [
      "Accept",
      "Cookie",
      "Origin",
      "Content-Type",
      "X-CSRFToken",
      "X-Mizan-Token",
      "Authorization",
      "X-Request-Id",
      "X-Mizan-Contract",
      "If-None-Match",
      "X-Forwarded-Host",
      "X-Forwarded-Proto",
      "traceparent",
      "Content-Encoding",
    ]) {
      for (const value of [
        long,
        "",
        " ",
        ",",
        ";=;",
        "\xff\xfe",
        '"',
        "a".repeat(200).concat(",").repeat(60),
        "q=".repeat(5000),
      ]) {
        expectOurs(await sendOnce(running.port, callBytes("ping", {}, { [name]: value })), [
          name,
          value.slice(0, 20),
        ]);
      }
    }
    const many = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`X-${index}`, "1"]),
    );
    expectOurs(await sendOnce(running.port, callBytes("ping", {}, many)));
    expect(
      (await sendOnce(running.port, callBytes("ping", {}, { "X-Long": "x".repeat(20_000) })))
        .status,
    ).toBe(431);
  });

  test.each([
    "",
    " ",
    "a b",
    "[::1",
    "[::1]:99999",
    "app.example:x",
    "\xff",
    "é",
    "app.example,evil",
    "@",
    "a".repeat(5000),
  ])("the host %.20j breaks nothing", async (host) => {
    for (const origin of [`http://${host}`, host, "null", "https://app.example"]) {
      const bytes = toBytes(
        "POST /api/mizan/call/",
        { ...JSON_TYPE, Origin: origin, Host: host },
        '{"fn":"ping"}',
      );
      const answer = await sendOnce(running.port, bytes);
      if (answer.status !== 400) expectOurs(answer, [host, origin]);
    }
  });

  test.each<[string, string]>([
    ["a length that is none", "Content-Length: x\r\n\r\n{}"],
    ["a negative length", "Content-Length: -1\r\n\r\n{}"],
    ["a length with a sign", "Content-Length: +2\r\n\r\n{}"],
    ["a length in hexadecimal", "Content-Length: 0x2\r\n\r\n{}"],
    ["a length beyond numbers", `Content-Length: ${"9".repeat(30)}\r\n\r\n{}`],
    ["two lengths", "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"],
    ["a length and chunks", "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["an unknown encoding", "Transfer-Encoding: smuggled\r\n\r\n{}"],
    ["chunks that are not last", "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"],
    ["a chunk of no size", "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"],
    ["a chunk of endless size", `Transfer-Encoding: chunked\r\n\r\n${"f".repeat(30)}\r\n{}\r\n`],
    ["a chunk longer than it says", "Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n"],
    ["a name with a space", "Content-Length : 2\r\n\r\n{}"],
    ["a folded header", "X: a\r\n b\r\nContent-Length: 2\r\n\r\n{}"],
    ["a bare line feed", "X: a\nContent-Length: 2\r\n\r\n{}"],
    ["a NUL in a header", "X: a\0b\r\nContent-Length: 2\r\n\r\n{}"],
    ["no colon", "nonsense\r\n\r\n{}"],
  ])("%s: no answer of ours, or one, and never two", async (_, rest) => {
    const connection = new Connection(running.port);
    connection.write(
      Buffer.from(
        `POST /api/mizan/call/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n${rest}`,
        "latin1",
      ),
    );
    connection.socket.end();
    await connection.closed;
    expect(connection.answers.length).toBeLessThanOrEqual(2);
    for (const answer of connection.answers) {
      // Node's own has no type.
      if (answer.headers["content-type"] !== undefined) expectOurs(answer, rest);
      expect(answer.text).not.toContain('"result"');
    }
    expect(
      connection.answers.filter((answer) => answer.headers["content-type"]).length,
    ).toBeLessThanOrEqual(1);
  });

  test("a body longer than it says is one call and something that is none", async () => {
    const connection = new Connection(running.port);
    connection.write(
      toBytes(
        "POST /api/mizan/call/",
        { ...JSON_TYPE, "Content-Length": "13" },
        '{"fn":"ping"}{"fn":"ping"}',
      ),
    );
    await connection.closed;
    // Node may break the connection before the call has been answered.
    expect(["200 400", "400"]).toContain(connection.answers.map(({ status }) => status).join(" "));
  });
  test("a body shorter than it says is no call", async () => {
    const connection = new Connection(running.port);
    connection.write(
      toBytes("POST /api/mizan/call/", { ...JSON_TYPE, "Content-Length": "99" }, '{"fn":"ping"}'),
    );
    connection.socket.end();
    await connection.closed;
    expect(connection.answers.every(({ text }) => !text.includes('"result"'))).toBe(true);
  });
  test("whoever says that nothing more will come is answered all the same", async () => {
    const connection = new Connection(running.port);
    connection.write(callBytes("ping"));
    connection.socket.end();
    expect((await connection.until(1))[0]).toMatchObject({ status: 200 });
    await connection.closed;
  });

  test("requests in one go are answered one by one, in their order", async () => {
    const connection = new Connection(running.port);
    const texts = Array.from({ length: 500 }, (_, index) => `n${index}`);
    connection.write(Buffer.concat(texts.map((text) => callBytes("echo", { text }))));
    const answers = await connection.until(texts.length);
    expect(answers.map(({ text }) => JSON.parse(text).result.result)).toEqual(texts);
    expect(connection.rest).toBe("");
    connection.destroy();
  });

  test("whoever expects to be told to go on is told, or refused", async () => {
    const connection = new Connection(running.port);
    const body = '{"fn":"ping"}';
    const head = toBytes("POST /api/mizan/call/", {
      ...JSON_TYPE,
      Expect: "100-continue",
      "Content-Length": String(body.length),
    });
    expect(await connection.write(head).next()).toMatchObject({ status: 100 });
    expect(await connection.write(body).next()).toMatchObject({ status: 200 });
    const large = toBytes("POST /api/mizan/call/", {
      ...JSON_TYPE,
      Expect: "100-continue",
      "Content-Length": "99999999",
    });
    const answers = await connection.write(large).until(4);
    expect(answers.map(({ status }) => status)).toEqual([100, 200, 100, 413]);
    for (const answer of answers.slice(-1)) expectOurs(answer);
    connection.destroy();
    const other = new Connection(running.port).write(
      callBytes("ping", {}, { Expect: "a miracle" }),
    );
    while (!other.rest.startsWith("HTTP/1.1 417 ")) await new Promise(setImmediate);
    other.destroy();
  });

  test("an upgrade that nobody serves is the call it stands in", async () => {
    const headers = { Connection: "Upgrade", Upgrade: "websocket", "Sec-WebSocket-Key": "x" };
    expect(await sendOnce(running.port, callBytes("ping", {}, headers))).toMatchObject({
      status: 200,
    });
    expectOurs(await sendOnce(running.port, toBytes("GET /api/mizan/ws/", headers)));
  });

  test("bytes by chance, among requests that are right", async () => {
    const chance = createChance(11);
    const seeds = [
      callBytes("ping"),
      callBytes("echo", { text: "a\u00e9" }),
      toBytes("GET /api/mizan/ctx/notes/?title=a%20b"),
      toBytes("POST /api/mizan/ctx/", JSON_TYPE, '{"contexts":[{"context":"notes"}]}'),
      toBytes("POST /form/a/", { "Content-Type": "application/x-www-form-urlencoded" }, "n=1"),
      toBytes(
        "POST /api/mizan/call/",
        { "Content-Type": "multipart/form-data; boundary=b" },
        '--b\r\nContent-Disposition: form-data; name="fn"\r\n\r\nping\r\n--b--\r\n',
      ),
    ];
    for (let round = 0; round < 15; round += 1) {
      await Promise.all(
        Array.from({ length: 20 }, async () => {
          const connection = new Connection(running.port);
          const bytes = Buffer.from(chance.pick(seeds));
          for (let change = chance.int(4); change >= 0; change -= 1) {
            bytes[chance.int(bytes.length)] = chance.one(3)
              ? chance.int(256)
              : chance.pick([0, 10, 13, 32, 34, 58, 255]);
          }
          connection.write(chance.one(4) ? bytes.subarray(0, chance.int(bytes.length)) : bytes);
          connection.socket.end();
          await connection.closed;
          for (const answer of connection.answers) {
            if (
              answer.headers["x-mizan-contract"] !== undefined &&
              !answer.headers["content-type"]?.startsWith("text/")
            ) {
              if (answer.text !== "" && answer.headers["content-type"] !== undefined)
                expectOurs(answer, bytes.toString("latin1"));
            }
            expect([bytes.toString("latin1"), answer.status]).not.toEqual([
              bytes.toString("latin1"),
              500,
            ]);
          }
        }),
      );
    }
    expect({}).not.toHaveProperty("polluted");
  });
});
