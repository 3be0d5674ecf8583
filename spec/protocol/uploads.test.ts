/**
 * spec/protocol.md, "Forms and files": calls as forms, over real sockets. What is said of fields, files, limits and the
 * order of checks; hostile bodies are in `upload-faults.test.ts`.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mizan } from "@mizan/runtime/server";
import { createAlbum, frameworks } from "../album/app.js";
import { inputs, photosOf, reset, seen } from "../album/pictures.js";
import {
  file,
  formBody,
  open,
  openBelow,
  sendForm,
  text,
  until,
  FORM,
  type Part,
} from "./form-body.js";
import { listenOn } from "../support/listen.js";
import { recorder } from "./ask.js";

const directory = mkdtempSync(join(tmpdir(), "mizan-uploads-"));
const limits = {
  maxFileBytes: 7_000_000,
  maxTotalBytes: 8_000_000,
  maxFiles: 4,
  memoryBytes: 2000,
  directory,
};
const sha256 = (bytes: Buffer | string): string => createHash("sha256").update(bytes).digest("hex");
const large = Buffer.alloc(5_000_000, "0123456789abcdef\r\n--");

const running: Server[] = [];
function listen(server: Server): Promise<number> {
  running.push(server);
  return listenOn(server);
}
afterAll(async () => {
  await Promise.all(
    running.map((server) => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    }),
  );
  rmSync(directory, { recursive: true });
});
beforeEach(reset);
/** Whatever happened: nothing has a name, and nothing stays open. */
afterEach(async () => {
  expect(readdirSync(directory)).toEqual([]);
  await until(() => openBelow(directory).length === 0);
});

const photo = (value: string | Buffer, ...more: readonly Part[]): readonly Part[] => [
  text("fn", "add_photo"),
  text("album_id", "5"),
  ...more,
  file("photo", value),
];

describe.each(frameworks)("behind %s", (_, serve) => {
  let mizan: Mizan;
  let port = 0;
  beforeAll(async () => {
    mizan = createAlbum({ uploads: limits, bodyLimit: 20_000 });
    port = await listen(serve(mizan));
  });

  test.each([
    ["in memory", Buffer.from("small")],
    ["on disk", large],
    ["of nothing", Buffer.alloc(0)],
  ])("a file %s reaches the handler as it was sent", async (_where, bytes) => {
    const { status, json } = await sendForm(port, photo(bytes));
    expect([status, json]).toEqual([
      200,
      {
        result: {
          id: 1,
          name: "a.png",
          type: "image/png",
          size: bytes.length,
          sha256: sha256(bytes),
        },
        merge: [
          expect.objectContaining({ context: "album", slot: "photos", op: "upsert", key: "id" }),
        ],
      },
    ]);
  });

  test("texts are coerced like a query, whatever the order of the parts", async () => {
    const parts = [
      file("photo", "x"),
      text("labels", '{"text":"one"}'),
      text("tags", "a"),
      text("caption", "first"),
      text("caption", "line\nline"),
      text("labels", '{"text":"two","lang":"en"}'),
      text("tags", "ü,b"),
      text("meta", '{"a":[null]}'),
      text("album_id", "05"),
      text("undeclared", "1"),
      file("undeclared", "1"),
      text("fn", "add_photo"),
    ];
    expect((await sendForm(port, parts)).status).toBe(200);
    expect(inputs).toEqual([
      {
        caption: "line\nline",
        labels: [
          { text: "one", lang: null },
          { text: "two", lang: "en" },
        ],
        tags: ["a", "ü,b"],
        meta: { a: [null] },
      },
    ]);
  });

  test("a form says nothing of empty lists, so beside files they may be missing", async () => {
    expect((await sendForm(port, photo("x"))).status).toBe(200);
    expect(inputs).toEqual([{ caption: null, labels: [], tags: [], meta: null }]);
  });

  test("lists of files keep their order; of a repeated file the last counts", async () => {
    const many = ["a", "b", "c"].map((name) => file("photos", name, `${name}.png`));
    const listed = await sendForm(port, [text("fn", "add_photos"), text("album_id", "5"), ...many]);
    expect(listed.json).toMatchObject({ result: { result: 3 }, invalidate: expect.anything() });
    expect(photosOf(5).map(({ name }) => name)).toEqual(["a.png", "b.png", "c.png"]);
    const twice = await sendForm(port, photo("last", file("photo", "first", "first.png")));
    expect(twice.json).toMatchObject({ result: { name: "a.png", size: 4 } });
  });

  test.each<[string, readonly Part[], Record<string, readonly string[]>]>([
    [
      "no file",
      [text("fn", "keep_scan"), text("title", "t"), text("album_id", "1")],
      { scan: ["Required"] },
    ],
    [
      "text for a file",
      [text("fn", "keep_scan"), text("title", "t"), text("album_id", "1"), text("scan", "x")],
      { scan: ["Expected a file"] },
    ],
    [
      "a file for text",
      [text("fn", "note"), file("text", "x")],
      { text: ["Expected text, not a file"] },
    ],
    [
      "a file for a number and none for itself",
      [text("fn", "keep_scan"), text("title", ""), file("album_id", "1")],
      {
        album_id: ["Expected text, not a file"],
        scan: ["Required"],
        title: ["Must have at least 1 character"],
      },
    ],
    [
      "a file and a text of one name",
      [...photo("x"), text("photo", "x")],
      { photo: ["Expected a file, not text beside it"] },
    ],
    [
      "a file of another type",
      [
        text("fn", "add_photo"),
        text("album_id", "1"),
        { ...file("photo", "x", "a.gif"), type: "video/gif" },
      ],
      { photo: ["Must be of type image/*, .heic"] },
    ],
    [
      "too few files",
      [text("fn", "add_photos"), text("album_id", "1")],
      { photos: ["Must have at least 1 item"] },
    ],
    [
      "too many, too large",
      [
        text("fn", "add_photos"),
        text("album_id", "1"),
        ...["", "", "", "x".repeat(1001)].map((value) => file("photos", value)),
      ],
      { photos: ["Must have at most 3 items"], "photos.3": ["Must have at most 1000 bytes"] },
    ],
    [
      "a file larger than the contract allows",
      photo(Buffer.alloc(6_000_001)),
      { photo: ["Must have at most 6000000 bytes"] },
    ],
  ])("422: %s", async (_what, parts, fields) => {
    const { status, json } = await sendForm(port, parts);
    expect([status, json["code"], json.details]).toEqual([422, "VALIDATION_ERROR", { fields }]);
  });

  test("types are compared without parameters and case, extensions with the end of the name", async () => {
    const types = ["IMAGE/Png", "image/svg+xml; charset=utf-8"];
    for (const type of types) {
      const answer = await sendForm(port, [
        ...photo("").slice(0, 2),
        { ...file("photo", "x"), type },
      ]);
      expect(answer.json).toMatchObject({ result: { type: type.toLowerCase().split(";")[0] } });
    }
    const heic = { name: "photo", value: "x", filename: "IMG.HEIC" };
    expect((await sendForm(port, [...photo("").slice(0, 2), heic])).json).toMatchObject({
      result: { type: "application/octet-stream", name: "IMG.HEIC" },
    });
  });

  test("a file input that nobody filled in is absent", async () => {
    const empty = { name: "cover", value: "", filename: "", type: "application/octet-stream" };
    const parts = [text("fn", "set_cover"), text("album_id", "1"), empty];
    expect((await sendForm(port, parts)).json["result"]).toBeNull();
  });

  test("JSON can leave a file out, and nothing more", async () => {
    const json = { "content-type": "application/json" };
    const call = (fn: string, args: object) =>
      sendForm(port, Buffer.from(JSON.stringify({ fn, args })), json);
    expect((await call("set_cover", { album_id: 1 })).status).toBe(200);
    expect((await call("set_cover", { album_id: 1, cover: null })).status).toBe(200);
    for (const cover of [{}, "x", { name: "a", type: "image/png", size: 1 }, []]) {
      const { status, json: body } = await call("set_cover", { album_id: 1, cover });
      expect([status, body.details]).toEqual([422, { fields: { cover: ["Expected a file"] } }]);
    }
    expect((await call("add_photos", { album_id: 1, photos: ["x"] })).json.details).toEqual({
      fields: { "photos.0": ["Expected a file"] },
    });
    expect((await call("add_photo", { album_id: 1, labels: [], tags: [] })).json.details).toEqual({
      fields: { photo: ["Required"] },
    });
  });

  test("after the answer the file is gone", async () => {
    for (const bytes of ["small", large]) await sendForm(port, photo(bytes));
    expect(seen).toHaveLength(2);
    for (const uploaded of seen) {
      await until(() => openBelow(directory).length === 0);
      await expect(uploaded.bytes()).rejects.toThrow("gone");
      await expect(uploaded.saveTo(join(directory, "late"))).rejects.toThrow("gone");
      // A pipe that was left running must not take the process with it.
      await new Promise((resolve) => uploaded.stream().on("close", resolve).resume());
    }
  });

  test("ctx.call hands files on, those that a handler made too", async () => {
    const parts = [text("fn", "add_twice"), text("album_id", "7"), file("photo", large)];
    const { json } = await sendForm(port, parts);
    expect(json).toMatchObject({ result: { size: 10, name: "small.png" } });
    expect(photosOf(7).map(({ size }) => size)).toEqual([large.length, 10]);
  });

  test.each<[string, readonly Part[]]>([
    ["one file", [text("fn", "add_photo"), file("photo", Buffer.alloc(7_000_001))]],
    ["all files", [file("a", large), file("b", large)]],
    ["the number of files", ["a", "b", "c", "d", "e"].map((name) => file(name, "x"))],
    ["the texts", [text("fn", "note"), text("text", "x".repeat(20_000))]],
    ["many small texts", Array.from({ length: 500 }, () => text("x".repeat(50), ""))],
    ["the number of parts", Array.from({ length: 1001 }, () => text("x", ""))],
    ["the headers of a part", [{ ...text("fn", "note"), headers: [`X-A: ${"a".repeat(9000)}`] }]],
    [
      "the number of headers of a part",
      [{ ...text("fn", "note"), headers: Array.from({ length: 30 }, (_each, at) => `X-${at}: a`) }],
    ],
    ["a name", [file("photo", "x", "n".repeat(1_000_000))]],
  ])("413: over the limit of %s", async (_what, parts) => {
    const { status, json } = await sendForm(port, parts);
    expect([status, json["code"], json["error"]]).toEqual([413, "PAYLOAD_TOO_LARGE", true]);
  });

  test("413 before anything is read, where the length says so", async () => {
    const { sent, got } = open(port, { ...FORM, "content-length": "8020001" });
    sent.flushHeaders();
    expect((await got).status).toBe(413);
    sent.destroy();
  });

  test.each([
    ["form", FORM],
    ["JSON", { "content-type": "application/json" }],
  ])("413 for a %s that says no length and does not end", async (_what, headers) => {
    // Its connection ends with the answer, as those of proxies to the server behind them often do.
    const { sent, got } = open(port, headers);
    const piece = Buffer.alloc(1_000_000);
    // As fast as they are taken, so that a busy machine does not drown in what it writes to itself.
    const pump = (): void =>
      void (sent.write(piece) ? setImmediate(pump) : sent.once("drain", pump));
    sent.write("--nothing", pump);
    try {
      expect((await got).status).toBe(413);
    } finally {
      sent.destroy();
    }
  });

  test.each([
    ["no boundary", "multipart/form-data", 400],
    ["an empty boundary", "multipart/form-data; boundary=", 400],
    ["a boundary that is too long", `multipart/form-data; boundary=${"x".repeat(71)}`, 400],
    ["a boundary of other letters", 'multipart/form-data; boundary="a\\"b"', 400],
    ["a type that only begins alike", "multipart/form-data2; boundary=B", 415],
    ["another multipart type", "multipart/mixed; boundary=B", 415],
  ])("%s", async (_what, type, expected) => {
    const { status, json } = await sendForm(port, photo("x"), { "content-type": type });
    expect([status, json["error"]]).toEqual([expected, true]);
  });

  test("a compressed form is 415", async () => {
    const { status } = await sendForm(port, photo("x"), { "content-encoding": "gzip" });
    expect(status).toBe(415);
  });

  test("what nobody will take is read, and not kept", async () => {
    const refused: [string, number, Record<string, string>?][] = [
      ["add_private", 401],
      ["hidden_scan", 403],
      ["nothing_known", 404],
      ["note", 422],
    ];
    for (const [fn, expected] of refused) {
      const { sent, got } = open(port);
      const body = formBody([text("fn", fn), text("album_id", "1"), file("photo", large)]);
      sent.write(body.subarray(0, 3_000_000));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(openBelow(directory)).toEqual([]);
      sent.end(body.subarray(3_000_000));
      expect((await got).status).toBe(expected);
    }
  });

  test("a file on its way to disk is its owner's alone, and has no name", async () => {
    const { sent, got } = open(port);
    const body = formBody([text("fn", "add_private"), text("album_id", "1"), file("photo", large)]);
    sent.setHeader("x-user", "ada");
    sent.write(body.subarray(0, 3_000_000));
    await until(() => openBelow(directory).some(({ nlink }) => nlink === 0));
    expect(openBelow(directory).map(({ mode, nlink }) => [mode & 0o777, nlink])).toEqual([
      [0o600, 0],
    ]);
    expect(readdirSync(directory)).toEqual([]);
    sent.end(body.subarray(3_000_000));
    expect((await got).status).toBe(200);
  });

  test("the function may be named last, but not another one after a file", async () => {
    const [fn, ...rest] = photo("x");
    expect((await sendForm(port, [...rest, fn ?? text("", "")])).status).toBe(200);
    const changed = [text("fn", "note"), ...rest, text("fn", "add_photo")];
    const { status, json } = await sendForm(port, changed);
    expect([status, json["message"]]).toEqual([400, "The field 'fn' must not change after a file"]);
    const repeated = [text("fn", "add_photo"), text("fn", "note"), text("text", "x")];
    expect((await sendForm(port, repeated)).json).toEqual({ result: { result: "x" } });
  });

  test("a predicate sees the file", async () => {
    const own = (value: string): readonly Part[] => [
      text("fn", "add_own"),
      text("album_id", "9"),
      file("photo", value),
    ];
    expect((await sendForm(port, own("x"), { "x-user": "9" })).status).toBe(200);
    expect((await sendForm(port, own(""), { "x-user": "9" })).status).toBe(403);
    expect((await sendForm(port, own("x"))).status).toBe(403);
  });

  test("whoever hangs up leaves nothing, and disturbs nobody", async () => {
    const body = formBody(photo(large));
    for (const at of [0, 30, 200, 4_000_000]) {
      const { sent } = open(port);
      sent.write(body.subarray(0, at));
      if (at > 1_000_000) await until(() => openBelow(directory).length === 1);
      sent.destroy();
      await until(() => openBelow(directory).length === 0);
    }
    expect((await sendForm(port, photo("x"))).status).toBe(200);
  });
});

describe("who may send", () => {
  /** Malformed, so that 400 tells that it was looked at. */
  const broken = Buffer.from("no form at all");

  test("is known by the headers, before the body is looked at", async () => {
    const [[, serve]] = frameworks as [(typeof frameworks)[number]];
    const port = await listen(
      serve(createAlbum({ csrf: { secret: "a secret of the album" }, mode: "production" })),
    );
    const told = async (headers: Record<string, string>) => {
      const { status, json } = await sendForm(port, broken, headers);
      return [status, json.details];
    };
    expect(await told({})).toEqual([403, { reason: "csrf" }]);
    expect(await told({ origin: "https://evil.example" })).toEqual([403, { reason: "origin" }]);
    expect((await told({ "x-mizan-token": "x" }))[0]).toBe(401);
    const session = await fetch(`http://127.0.0.1:${port}/api/mizan/session/`);
    const { csrfToken } = (await session.json()) as { csrfToken: string };
    const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "";
    expect(await told({ "x-csrftoken": csrfToken, cookie })).toEqual([400, undefined]);
  });
});

test("a slow upload is no slow handler, and a slow handler loses its file", async () => {
  const [[, serve]] = frameworks as [(typeof frameworks)[number]];
  let hold = (): void => undefined;
  const mizan = createAlbum({
    uploads: limits,
    handlerTimeoutMs: 500,
    predicates: {
      owns_album: () => new Promise<boolean>((resolve) => (hold = () => resolve(true))),
    },
  });
  const port = await listen(serve(mizan));
  const body = formBody([text("fn", "add_private"), text("album_id", "1"), file("photo", large)]);
  const slow = open(port, { ...FORM, "x-user": "ada" });
  slow.sent.write(body.subarray(0, 3_000_000));
  await new Promise((resolve) => setTimeout(resolve, 700));
  slow.sent.end(body.subarray(3_000_000));
  expect((await slow.got).status).toBe(200);

  const stuck = [text("fn", "add_own"), text("album_id", "1"), file("photo", large)];
  expect((await sendForm(port, stuck)).status).toBe(500);
  await until(() => openBelow(directory).length === 0);
  hold();
});

test("a disk that fails is an internal error, told to the log", async () => {
  const [[, serve]] = frameworks as [(typeof frameworks)[number]];
  const gone = mkdtempSync(join(tmpdir(), "mizan-gone-"));
  const { lines, logger } = recorder();
  const port = await listen(
    serve(createAlbum({ uploads: { ...limits, directory: gone }, logger })),
  );
  rmSync(gone, { recursive: true });
  const { status, json } = await sendForm(port, photo(large));
  expect([status, json["code"]]).toEqual([500, "INTERNAL_ERROR"]);
  expect(JSON.stringify(json)).not.toContain("mizan-gone");
  expect(lines.some(({ level }) => level === "error")).toBe(true);
  expect((await sendForm(port, photo("small"))).status).toBe(200);
});
