import { createServer, get, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { createAnswerGate, type AnswerGate } from "./answer-gate.js";

type Handler = (res: ServerResponse, gate: AnswerGate) => void;
let handle: Handler = () => undefined;
/** Statuses that the gate was opened with; what it waits for; whether that is over. */
let opened: number[] = [];
let waiting: Promise<void> | null = null;
let gate: AnswerGate;
let failures: unknown[] = [];

const server: Server = createServer((_req, res) => {
  const opening = (status: number): Promise<void> | null => {
    opened.push(status);
    res.setHeader("X-Opened", String(status));
    return waiting;
  };
  gate = createAnswerGate(res, opening, (thrown) => failures.push(thrown));
  handle(res, gate);
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  opened = [];
  failures = [];
  waiting = null;
});

type Got = { readonly status: number; readonly opened: unknown; readonly text: string };
const ask = (): Promise<Got> =>
  new Promise((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    get({ port, host: "127.0.0.1", agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, opened: response.headers["x-opened"], text }),
      );
    }).on("error", reject);
  });

/** A wait that the test ends, and what is true while it lasts. */
function held(): { release: () => void } {
  const control = { release: (): void => undefined };
  waiting = new Promise((resolve) => {
    control.release = resolve;
  });
  return control;
}

const ways: readonly (readonly [string, number, Handler])[] = [
  ["end", 200, (res) => void res.end("abc")],
  ["a status and end", 404, (res) => ((res.statusCode = 404), void res.end("abc"))],
  ["writeHead", 303, (res) => void res.writeHead(303, { Location: "/" }).end("abc")],
  ["writeHead with a reason", 201, (res) => void res.writeHead(201, "Fine", ["A", "b"]).end("abc")],
  ["write", 200, (res) => (res.write("a"), res.write("b"), void res.end("c"))],
  ["flushHeaders", 200, (res) => (res.flushHeaders(), void res.end("abc"))],
  ["a stream", 200, (res) => void Readable.from(["a", "b", "c"]).pipe(res)],
];

describe.each([["at once"], ["after a wait"]])("%s", (mode) => {
  test.each(ways)("%s", async (_way, status, does) => {
    const control = mode === "at once" ? null : held();
    handle = (res) => {
      does(res, gate);
      if (control !== null) setImmediate(control.release);
    };
    expect(await ask()).toEqual({ status, opened: String(status), text: "abc" });
    expect(opened).toEqual([status]);
    expect(gate).toMatchObject({ begun: true, ended: true });
  });
});

test("nothing leaves before the wait is over, and the response says that it is too late", async () => {
  const control = held();
  const seen: unknown[] = [];
  handle = (res) => {
    seen.push(gate.begun, res.headersSent);
    expect(res.write("a")).toBe(false);
    seen.push(gate.begun, gate.ended, res.headersSent, res.socket?.bytesWritten);
    res.once("drain", () => {
      seen.push("drain", res.headersSent);
      res.end("b");
    });
    control.release();
  };
  expect(await ask()).toMatchObject({ text: "ab" });
  expect(seen).toEqual([false, false, true, false, true, 0, "drain", true]);
});

test("while the answer is held it is as if it were sent: nothing changes its head any more", async () => {
  const control = held();
  const thrown: unknown[] = [];
  const attempt = (change: () => unknown): void => {
    try {
      change();
    } catch (error) {
      thrown.push(Reflect.get(Object(error), "code"));
    }
  };
  handle = (res) => {
    res.statusCode = 201;
    res.end("abc");
    attempt(() => res.setHeader("A", "b"));
    attempt(() => res.setHeaders(new Map([["A", "b"]])));
    attempt(() => res.appendHeader("A", "b"));
    attempt(() => res.removeHeader("X-Opened"));
    res.statusCode = 500;
    control.release();
  };
  expect(await ask()).toEqual({ status: 201, opened: "201", text: "abc" });
  expect(thrown).toEqual(Array.from({ length: 4 }, () => "ERR_HTTP_HEADERS_SENT"));
});

test("a client that left while the answer was held is no error", async () => {
  const errors: unknown[] = [];
  const control = held();
  const closed = new Promise<void>((resolve) => {
    handle = (res) => {
      res.once("close", resolve);
      res.once("error", (error) => errors.push(error));
      res.write("abc");
      res.destroy();
    };
  });
  await expect(ask()).rejects.toThrow();
  await closed;
  control.release();
  await new Promise(setImmediate);
  expect(errors).toEqual([]);
});

test("what cannot be sent after the wait ends the connection, not the process", async () => {
  const control = held();
  handle = (res) => {
    res.writeHead(200, { "X-Bad": "a\nb" });
    res.end("abc");
    control.release();
  };
  await expect(ask()).rejects.toThrow();
  expect(failures).toMatchObject([{ code: "ERR_INVALID_CHAR" }]);
});

test("layers below may wrap the response, before and after", async () => {
  handle = (res) => {
    const { writeHead } = res;
    res.writeHead = (...args: never[]) => {
      res.setHeader("X-Opened", `${String(res.getHeader("X-Opened"))} and later`);
      return Reflect.apply(writeHead, res, args);
    };
    res.end("abc");
  };
  expect(await ask()).toMatchObject({ text: "abc", opened: "200 and later" });
});
