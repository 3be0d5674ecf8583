/** The generated client against the generated server where calls carry files: what is sent is what arrives. */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Client, type ClientEvent } from "@mizan/runtime/client";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { listenOn } from "../support/listen.js";
import { createAlbum, frameworks } from "../album/app.js";
import {
  callAddPhoto,
  callAddPhotos,
  callKeepScan,
  callPrintAlbum,
  callSetCover,
  MizanContext,
  useSetCover,
  watchAlbumContext,
} from "../album/mizan/client/index.js";
import { addPhotoInputSchema } from "../album/mizan/client/schemas.js";
import { addPhotoInputSchema as serverSchema } from "../album/mizan/server/schemas.js";
import { uploadedFile } from "@mizan/runtime/server";
import { inputs, photosOf, reset } from "../album/pictures.js";
import { openBelow, until } from "../protocol/form-body.js";

const directory = mkdtempSync(join(tmpdir(), "mizan-e2e-"));
let server: Server;
let origin = "";
beforeAll(async () => {
  const [[, serve]] = frameworks as [(typeof frameworks)[number]];
  server = serve(
    createAlbum({ csrf: { secret: "a secret of the album" }, uploads: { directory } }),
  );
  origin = `http://127.0.0.1:${await listenOn(server)}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(directory, { recursive: true });
});
beforeEach(reset);
afterEach(async () => {
  expect(readdirSync(directory)).toEqual([]);
  await until(() => openBelow(directory).length === 0);
});

type Sent = { readonly path: string; readonly type: string | null };

/** A browser in so far as it keeps the cookie of its session. */
function visitor(): { client: Client; sent: Sent[]; events: ClientEvent[] } {
  const sent: Sent[] = [];
  const events: ClientEvent[] = [];
  let cookie = "";
  const client = createClient({
    baseUrl: `${origin}/api/mizan`,
    onEvent: (event) => events.push(event),
    fetch: async (input, init) => {
      const headers = new Headers(init?.headers);
      const path = new URL(String(input)).pathname.replace("/api/mizan", "");
      sent.push({ path, type: headers.get("content-type")?.replace(/=.*/, "") ?? null });
      if (cookie !== "") headers.set("cookie", cookie);
      const answer = await fetch(input, { ...init, headers });
      cookie = answer.headers.get("set-cookie")?.split(";")[0] ?? cookie;
      return answer;
    },
  });
  return { client, sent, events };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const large = new Uint8Array(5_000_000).map((_, at) => at * 31);

test("files of any size arrive byte by byte, and the effects of the call are applied", async () => {
  const { client, sent } = visitor();
  const watch = watchAlbumContext({ album_id: 3 }, { client });
  watch.retain();
  const given = { album_id: 3, labels: [], tags: [] };
  const small = new File(["\r\n--x"], 'a "b"\r\n.png', { type: "image/png" });
  const added = await callAddPhoto({ ...given, photo: small }, { client });
  expect(added).toMatchObject({ name: "a %22b%22%0D%0A.png", type: "image/png", size: 5 });
  const photo = new Blob([large], { type: "image/x-raw" });
  expect(await callAddPhoto({ ...given, photo }, { client })).toMatchObject({
    name: "blob",
    size: large.length,
    sha256: sha256(large),
  });
  expect(sent).toContainEqual({ path: "/call/", type: "multipart/form-data; boundary" });
  await until(() => watch.getState().data?.photos.length === 2);
  watch.release();
});

test("arguments beside files are what they are in JSON", async () => {
  const { client } = visitor();
  const photo = new File(["x"], "a.png", { type: "image/png" });
  const rest = {
    caption: "one\ntwo\r\nthree\rfour \u{1F600}",
    labels: [
      { text: "5", lang: null },
      { text: "--", lang: "en" },
    ],
    tags: ["", "true", "null", '{"a":1}'],
    meta: { deep: [1, null, { "": "x" }] },
  };
  await callAddPhoto({ album_id: 1, photo, ...rest }, { client });
  await callAddPhoto({ album_id: 1, photo, labels: [], tags: [] }, { client });
  await callAddPhoto(
    { album_id: 1, photo, labels: [], tags: [], caption: null, meta: "text" },
    { client },
  );
  expect(inputs).toEqual([
    rest,
    { caption: null, labels: [], tags: [], meta: null },
    { caption: null, labels: [], tags: [], meta: "text" },
  ]);
});

test("JSON values travel as JSON, lists of files in order, nullable ones as absent", async () => {
  const { client } = visitor();
  const notes = ["first", "second"].map((text) => new File([text], "n.txt"));
  const asked = { album_id: 1, paper: "A4", copies: ["1", 1, [1], null] };
  expect(await callPrintAlbum({ ...asked, notes }, { client })).toEqual({
    paper: "A4",
    copies: ["1", 1, [1], null],
    cover: null,
    notes: ["first", "second"],
  });
});

test("a call without its file is JSON", async () => {
  const { client, sent } = visitor();
  expect(await callSetCover({ album_id: 1 }, { client })).toBeNull();
  expect(await callSetCover({ album_id: 1, cover: null }, { client })).toBeNull();
  expect(sent.slice(1).map(({ type }) => type)).toEqual(["application/json", "application/json"]);
});

test("faults have their fields, and boxed answers their value", async () => {
  const { client } = visitor();
  const photos = [new File(["x"], "a"), new File(["x".repeat(1001)], "b")];
  await expect(callAddPhotos({ album_id: 1, photos }, { client })).rejects.toMatchObject({
    code: "VALIDATION_ERROR",
    details: { fields: { "photos.1": ["Must have at most 1000 bytes"] } },
  });
  expect(await callAddPhotos({ album_id: 1, photos: photos.slice(0, 1) }, { client })).toBe(1);
});

test("a hook sends files as a call does", async () => {
  const { client, sent } = visitor();
  let cover: ReturnType<typeof useSetCover> | null = null;
  function Page(): null {
    cover = useSetCover();
    return null;
  }
  renderToStaticMarkup(createElement(MizanContext, { client }, createElement(Page)));
  const { mutate } = cover as unknown as ReturnType<typeof useSetCover>;
  const picture = new File(["x"], "a.png", { type: "image/png" });
  expect(await mutate({ album_id: 1, cover: picture })).toMatchObject({ name: "a.png", size: 1 });
  expect(sent.at(-1)?.type).toBe("multipart/form-data; boundary");
});

test("a refused CSRF token is fetched anew, and the file sent again", async () => {
  const { client, sent } = visitor();
  const scan = new File([large], "scan.png");
  const asked = { album_id: 1, scan, title: "t" };
  await callKeepScan(asked, { client, headers: { "X-CSRFToken": "wrong" } }).catch(() => undefined);
  expect(sent.map(({ path }) => path)).toEqual(["/session/", "/call/", "/session/", "/call/"]);
  expect(await callKeepScan(asked, { client })).toMatchObject({ name: "t", sha256: sha256(large) });
});

test.each(["signal", "timeoutMs"])("an upload given up by %s is really ended", async (way) => {
  const [[, serve]] = frameworks as [(typeof frameworks)[number]];
  const other = serve(createAlbum({ uploads: { directory } }));
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const events: ClientEvent[] = [];
  let pulled = 0;
  let isOver = false;
  /** Requests that ended before they were whole, as the server sees it. */
  let broken = 0;
  other.on("request", (req: IncomingMessage) =>
    req.on("close", () => (broken += req.complete ? 0 : 1)),
  );
  /** A body that never ends: its bytes come as slowly as somebody takes them. */
  const endless = (): ReadableStream =>
    new ReadableStream({
      pull: async (controller) => {
        pulled += 1;
        await new Promise((resolve) => setTimeout(resolve, 2));
        if (isOver) controller.close();
        else controller.enqueue(new Uint8Array(100));
      },
    });
  const client = createClient({
    baseUrl: `http://127.0.0.1:${(other.address() as AddressInfo).port}/api/mizan`,
    csrf: false,
    onEvent: (event) => events.push(event),
    fetch: (input, init) => {
      const slow = { ...init, duplex: "half", body: endless() };
      return fetch(input, init?.body instanceof Blob ? slow : init);
    },
  });
  const watch = watchAlbumContext({ album_id: 1 }, { client });
  watch.retain();
  await until(() => watch.getState().status === "success");

  const stop = new AbortController();
  const limit = way === "signal" ? { signal: stop.signal } : { timeoutMs: 100 };
  const call = callSetCover({ album_id: 1, cover: new Blob(["x"]) }, { client, ...limit });
  const told = expect(call).rejects.toMatchObject(
    way === "signal" ? { name: "AbortError" } : { code: "TIMEOUT" },
  );
  await until(() => pulled > 5);
  stop.abort();
  await told;
  // The call may have been carried out, so what is shown is asked for again.
  await until(() => events.some(({ type }) => type === "call-done"));
  await until(() => events.filter(({ type }) => type === "fetch-done").length === 2);
  await until(() => broken === 1);
  isOver = true;
  expect(photosOf(1)).toEqual([]);
  watch.release();
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
});

test("schemas of both sides ask of a file what the codec asks", () => {
  const rest = { album_id: 1, labels: [], tags: [] };
  const file = (size: number, name: string, type: string) => ({
    client: new File([new Uint8Array(size)], name, { type }),
    server: uploadedFile(new Uint8Array(size), { name, type }),
  });
  const cases: readonly [ReturnType<typeof file>, boolean][] = [
    [file(1, "a", "image/png"), true],
    [file(0, "a.HEIC", ""), true],
    [file(1, "a.png", "text/html"), false],
    [file(6_000_001, "a", "image/png"), false],
  ];
  for (const [photo, expected] of cases) {
    const client = addPhotoInputSchema.safeParse({ ...rest, photo: photo.client });
    const server = serverSchema.safeParse({ ...rest, photo: photo.server });
    expect([client.success, server.success]).toEqual([expected, expected]);
  }
  for (const photo of [null, "x", {}, undefined]) {
    expect(addPhotoInputSchema.safeParse({ ...rest, photo }).success).toBe(false);
    expect(serverSchema.safeParse({ ...rest, photo }).success).toBe(false);
  }
});
