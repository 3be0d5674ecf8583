/** Forms as nobody should write them: each is answered in the envelope, nothing is left, and the process goes on. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import express, { type RequestHandler } from "express";
import { listenOn } from "../support/listen.js";
import { createAlbum } from "../album/app.js";
import { reset, seen } from "../album/pictures.js";
import { createChance } from "../support/random.js";
import { recorder } from "./ask.js";
import {
  BOUNDARY,
  file,
  formBody,
  FORM,
  open,
  type Got,
  openBelow,
  sendForm,
  text,
  until,
} from "./form-body.js";
import { Connection, toBytes } from "./sockets.js";

const directory = mkdtempSync(join(tmpdir(), "mizan-faults-"));
const { lines, logger } = recorder();
const mizan = createAlbum({
  uploads: { directory, memoryBytes: 100, maxFiles: 5, maxFileBytes: 100_000 },
  bodyLimit: 50_000,
  logger,
});
const readers: { readonly [path: string]: RequestHandler } = {
  "/plain": (_req, _res, next) => next(),
  "/json": express.json(),
  "/urlencoded": express.urlencoded(),
  "/raw": express.raw({ type: "multipart/form-data" }),
  "/raw-small": express.raw({ type: "multipart/form-data", limit: 10 }),
  "/text": express.text({ type: "multipart/form-data" }),
  // What multer does, as far as anybody behind it can tell.
  "/drained": (req, _res, next) => {
    Object.assign(req, { body: { fn: "note" } });
    req.on("end", next).resume();
  },
};
let server: Server;
let port = 0;

beforeAll(async () => {
  const app = express();
  for (const [path, reader] of Object.entries(readers)) app.use(path, reader, mizan.router);
  app.use("/api/mizan", mizan.router);
  server = createServer(app);
  port = await listenOn(server);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
});
beforeEach(() => {
  reset();
  lines.length = 0;
});
afterEach(async () => {
  expect(readdirSync(directory)).toEqual([]);
  await until(() => openBelow(directory).length === 0);
});

const note = [text("fn", "note"), text("text", "x")];
const head = (...lines: readonly string[]): string =>
  `--${BOUNDARY}\r\n${lines.join("\r\n")}\r\n\r\nx\r\n--${BOUNDARY}--\r\n`;
const disposition = 'Content-Disposition: form-data; name="text"';

test.each<[string, string | Buffer]>([
  ["nothing", ""],
  ["no boundary in it", "hello"],
  ["the last boundary missing", formBody(note).subarray(0, -4 - BOUNDARY.length - 4)],
  ["cut off in a header", `--${BOUNDARY}\r\nContent-Dispo`],
  ["headers that do not end", `--${BOUNDARY}\r\n${disposition}\r\n--${BOUNDARY}--\r\n`],
  ["a part without headers", head("")],
  ["a part without a name", head("Content-Disposition: form-data")],
  ["an empty name", head('Content-Disposition: form-data; name=""')],
  ["a part that is no form's", head('Content-Disposition: attachment; name="text"')],
  ["two dispositions", head(disposition, disposition)],
  ["two names", head(`${disposition}; name="fn"`)],
  ["a quote that does not end", head('Content-Disposition: form-data; name="text')],
  ["junk after the name", head(`${disposition} junk`)],
  ["a name that is no UTF-8", Buffer.from(head(disposition.replace("text", "\u00ff")), "latin1")],
  ["a line break in a name", head('Content-Disposition: form-data; name="te\nxt"')],
  ["a form in a form", head(disposition, "Content-Type: multipart/mixed; boundary=C")],
  ["another charset", head(disposition, "Content-Type: text/plain; charset=iso-8859-1")],
  ["an encoded part", head(disposition, "Content-Transfer-Encoding: base64")],
  ["a text that is no UTF-8", formBody([text("fn", "note"), text("text", Buffer.from([0xff]))])],
  ["no function", formBody([text("text", "x")])],
  ["a file for the function", formBody([file("fn", "note"), text("text", "x")])],
])("400: %s", async (_what, body) => {
  const { status, json } = await sendForm(port, Buffer.from(body));
  expect([status, json["code"], json["error"]]).toEqual([400, "BAD_REQUEST", true]);
});

test.each<[string, string, string]>([
  ["a preamble and an epilogue", `before\r\n${formBody(note).toString()}after\r\n--x`, "x"],
  [
    "UTF-8 that says so",
    head(`${disposition}; x=y`, "Content-Type: text/plain; charset=UTF-8"),
    "x",
  ],
  ["a name without quotes", head("Content-Disposition: form-data; name=text"), "x"],
  ["a line break before the boundary", formBody([text("text", "x\r\n")]).toString(), "x\r\n"],
  ["what only looks like the boundary", formBody([text("text", "\r\n--B")]).toString(), "\r\n--B"],
  ["zero bytes", formBody([text("text", "a\0b")]).toString(), "a\0b"],
])("200: %s", async (_what, body, expected) => {
  const fn = formBody([text("fn", "note")]).subarray(0, -6 - BOUNDARY.length);
  const whole = body.startsWith("before")
    ? Buffer.from(body)
    : Buffer.concat([fn, Buffer.from(body)]);
  expect((await sendForm(port, whole)).json).toEqual({ result: { result: expected } });
});

/** White space after a boundary, which nobody writes and RFC 2046 allows. */
const padded = (padding: string): Buffer =>
  Buffer.from(
    formBody([text("fn", "note"), text("text", `x --${BOUNDARY} \r\n a \t\r\n -`)])
      .toString()
      .replaceAll(new RegExp(`(^|(?<=\r\n))--${BOUNDARY}(?=\r\n)`, "g"), `$&${padding}`),
  );

test.each([" ", "\t", " \t  ", " ".repeat(100)])(
  "white space after a boundary is nothing: %j",
  async (padding) => {
    const body = padded(padding);
    const result = `x --${BOUNDARY} \r\n a \t\r\n -`;
    expect((await sendForm(port, body)).json).toEqual({ result: { result } });
    const preamble = Buffer.from(`before --${BOUNDARY} \r\n\r\n`);
    expect((await sendForm(port, Buffer.concat([preamble, body]))).json).toEqual({
      result: { result },
    });
    const { sent, got } = open(port, { ...FORM });
    for (const byte of body) {
      sent.write(Buffer.from([byte]));
      await new Promise((resolve) => setImmediate(resolve));
    }
    sent.end();
    expect((await got).json).toEqual({ result: { result } });
  },
);

test.each([" ".repeat(30_000), " x", " \r", "\v"])(
  "more, or anything else, is not read: %j",
  async (padding) => {
    expect((await sendForm(port, padded(padding))).status).toBe(400);
  },
);

test.each<[string, string]>([
  ["../../etc/passwd.png", "passwd.png"],
  ["C:\\Users\\ada\\a.png", "a.png"],
  ["..", ""],
  ["a\0b.png", "ab.png"],
  ["a\u202Egnp.exe.png", "agnp.exe.png"],
  ["/", ""],
  ["  spaced .png ", "spaced .png"],
  ['say \\"hi\\".png', 'say "hi".png'],
  ["%22%0d%0aX-Evil: 1.png", "%22%0d%0aX-Evil: 1.png"],
  ["😀".repeat(200), "😀".repeat(127)],
  ["__proto__", "__proto__"],
])("a file called %j is called %j, and nothing more", async (given, expected) => {
  const parts = [text("fn", "add_photo"), text("album_id", "1"), file("photo", "x", given)];
  const { status, headers, json } = await sendForm(port, parts);
  expect([status, json]).toMatchObject([200, { result: { name: expected } }]);
  expect(headers["x-evil"]).toBeUndefined();
});

test.each<[string, string | null]>([
  [`filename="a.png"; filename*=UTF-8''%e2%82%ac.png`, "€.png"],
  [`filename*=utf-8'en'..%2f..%2f%41.png`, "A.png"],
  [`filename="a.png"; filename*=UTF-8''%ff`, "a.png"],
  [`filename*=ISO-8859-1''%e9.png`, ""],
  [`filename*=broken; filename="b.png"`, "b.png"],
])("of %s the name is %j", async (params, expected) => {
  const line = `Content-Disposition: form-data; name="photo"; ${params}`;
  const photo = { name: "", value: "x", bare: true, headers: [line, "Content-Type: image/png"] };
  await sendForm(port, [text("fn", "add_photo"), text("album_id", "1"), photo]);
  expect(seen.map(({ name }) => name)).toEqual([expected]);
});

test("names of fields are data", async () => {
  const parts = ["__proto__", "constructor", "toString", "hasOwnProperty"].flatMap((name) => [
    text(name, "x"),
    file(name, "x"),
  ]);
  const { json } = await sendForm(port, [...note, ...parts]);
  expect(json).toEqual({ result: { result: "x" } });
  expect((await sendForm(port, [text("fn", "__proto__")])).status).toBe(404);
});

test.each<[string, number]>([
  ["/plain", 200],
  ["/json", 200],
  ["/urlencoded", 200],
  ["/raw", 200],
  ["/raw-small", 413],
  ["/text", 500],
  ["/drained", 500],
])("behind a reader of bodies at %s: %i", async (path, expected) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}/call/`, {
    method: "POST",
    headers: FORM,
    body: new Uint8Array(formBody(note)),
  });
  const body = (await answer.json()) as { error?: boolean };
  expect([answer.status, body.error === true]).toEqual([expected, expected !== 200]);
  if (expected === 500) {
    const [line] = lines.filter(({ level }) => level === "error");
    expect(String((line?.fields as { error?: Error } | undefined)?.error)).toContain("multer");
    expect(JSON.stringify(body)).not.toContain("multer");
  }
});

const sound = formBody([
  text("fn", "add_photo"),
  text("album_id", "1"),
  text("caption", "é\r\n-"),
  file("photo", `\r\n--${BOUNDARY.slice(0, -1)}${"z".repeat(300)}\r\n`),
  text("tags", ""),
]);

/** Writes a body in the given pieces, each in a packet of its own as far as that can be had. */
async function sendPieces(pieces: readonly Buffer[]) {
  const { sent, got } = open(port);
  sent.setNoDelay(true);
  for (const piece of pieces) {
    if (!sent.destroyed) await new Promise((resolve) => sent.write(piece, resolve));
  }
  sent.end();
  return got;
}

test("wherever a body is cut into pieces, it says the same", async () => {
  const whole = await sendForm(port, sound);
  expect(whole.status).toBe(200);
  const cuts = Array.from({ length: sound.length - 1 }, (_, at) => at + 1);
  const results: Got[] = [];
  // Some at a time, as a machine has only so many connections.
  while (cuts.length > 0) {
    const some = cuts.splice(0, 50);
    const answers = some.map((at) => sendPieces([sound.subarray(0, at), sound.subarray(at)]));
    results.push(...(await Promise.all(answers)));
  }
  for (const { status, json } of results) {
    expect(status).toBe(200);
    expect(json["result"]).toMatchObject({ size: 300 + BOUNDARY.length + 5 });
  }
  const bytes = await sendPieces([...sound].map((byte) => Buffer.of(byte)));
  expect(bytes.status).toBe(200);
});

test("spoilt bodies in random pieces are answered, and leave nothing", async () => {
  const chance = createChance(20_261_122);
  const below = (limit: number): number => (limit === 0 ? 0 : chance.int(limit));
  const marks = [`--${BOUNDARY}`, "\r\n", "\r\n\r\n", '"', ";", "--", "\0", "filename*=", "é", ":"];
  const spoilt = (): Buffer => {
    let bytes = Buffer.from(sound);
    for (let edits = below(4); edits >= 0; edits--) {
      const at = below(bytes.length + 1);
      const mark = Buffer.from(marks[below(marks.length)] ?? "");
      const cut = chance.one(2) ? below(30) : 0;
      const inserted = chance.one(5) ? bytes.subarray(0, below(bytes.length)) : mark;
      bytes = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at + cut)]);
    }
    return chance.one(5) ? bytes.subarray(0, below(bytes.length)) : bytes;
  };
  const seenStatuses = new Set<number>();
  for (let run = 0; run < 40; run++) {
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        const body = spoilt();
        const pieces: Buffer[] = [];
        for (let at = 0; at < body.length;) {
          const size = 1 + below(200);
          pieces.push(body.subarray(at, at + size));
          at += size;
        }
        const { status, json } = await sendPieces(pieces);
        seenStatuses.add(status);
        expect([200, 400, 404, 413, 422]).toContain(status);
        if (status !== 200) expect(json).toMatchObject({ error: true });
      }),
    );
  }
  expect([...seenStatuses].sort()).toEqual(expect.arrayContaining([200, 400, 422]));
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
});

test("a form whose sender was told that it stalls leaves no file behind", async () => {
  const options = { uploads: { directory, memoryBytes: 10 }, bodyTimeoutMs: 40, logger };
  const hasty = createServer(express().use("/api/mizan", createAlbum(options).router));
  const headers = { "Content-Type": FORM["content-type"], "Content-Length": String(sound.length) };
  // One that leaves the end of the connection to the server.
  const sender = new Connection(await listenOn(hasty));
  try {
    sender.write(toBytes("POST /api/mizan/call/", headers, sound.subarray(0, -100)));
    await until(() => openBelow(directory).length === 1);
    expect((await sender.next()).status).toBe(408);
    await sender.closed;
    await until(() => openBelow(directory).length === 0);
  } finally {
    sender.destroy();
    await new Promise((resolve) => hasty.close(resolve));
  }
});
