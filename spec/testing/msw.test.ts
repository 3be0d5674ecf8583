/**
 * The handlers for Mock Service Worker, in the real one: the client's own HTTP reaches the server in memory, in all
 * forms of the wire protocol.
 */
import { http, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { createClient, type Client, type MizanError } from "@mizan/runtime/client";
import { mswHandlers } from "@mizan/runtime/testing";
import { callPrintAlbum, callSetCover } from "../../generated/album/client/index.js";
import {
  createTestMizan as createAlbum,
  examplePhoto,
} from "../../generated/album/client/testing.js";
import {
  callListOrders,
  callRenameUser,
  fetchGlobalContext,
  fetchUserContext,
  watchUserContext,
} from "../../generated/shop/client/index.js";
import { createTestMizan, exampleProfile } from "../../generated/shop/client/testing.js";

const baseUrl = "https://shop.example/api/mizan";
const server = createTestMizan({
  categories: () => [],
  currentUser: () => null,
  orderCount: () => 2,
  userOrders: () => [],
  userProfile: ({ user_id }) => exampleProfile({ user_id }),
  renameUser: ({ user_id, name }, ctx) => {
    if (name === "") throw ctx.errors.UserNotFound({ user_id });
    return exampleProfile({ user_id, name });
  },
});
const album = createAlbum({
  setCover: async ({ cover }) =>
    cover === null ? null : examplePhoto({ name: `${cover.name} ${await cover.text()}` }),
  printAlbum: ({ paper }) => ({ paper }),
});

/** `GET /api/mizan/ctx/global/`, and of what is answered the status and the type. */
let lines: string[] = [];
const worker = setupServer(
  ...mswHandlers(server, { http, baseUrl }),
  ...mswHandlers(album, { http, baseUrl: "/album/" }),
  http.all("*", () => HttpResponse.text("nobody", { status: 418 })),
);
beforeAll(() => worker.listen({ onUnhandledRequest: "error" }));
beforeEach(() => {
  lines = [];
  server.reset();
  worker.events.removeAllListeners();
  worker.events.on("response:mocked", ({ request, response }) => {
    const type = response.headers.get("content-type")?.split(";")[0] ?? "";
    lines.push(`${request.method} ${new URL(request.url).pathname} ${response.status} ${type}`);
  });
});
afterAll(() => worker.close());

const clientOf = (url = baseUrl): Client => createClient({ baseUrl: url, retry: 0 });
const failure = async (promise: Promise<unknown>): Promise<MizanError> =>
  promise.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: MizanError) => error,
  );

test("a call asks for its token first, and brings effects", async () => {
  const client = clientOf();
  const user = watchUserContext({ user_id: 5 }, { client });
  user.retain();
  await new Promise<void>((resolve) => {
    const stop = user.subscribe(() => {
      if (user.getState().isFetching) return;
      stop();
      resolve();
    });
  });
  expect(await callRenameUser({ user_id: 5, name: "Ada" }, { client })).toMatchObject({
    name: "Ada",
  });
  expect(user.getState().data?.user_profile.name).toBe("Ada");
  user.release();
  expect(lines).toEqual([
    "POST /api/mizan/ctx/ 200 application/x-ndjson",
    "GET /api/mizan/session/ 200 application/json",
    "POST /api/mizan/call/ 200 application/json",
  ]);
  expect(server.calls).toEqual([{ fn: "renameUser", input: { user_id: 5, name: "Ada" } }]);
});

test("reads of one tick are one batch, in lines; one alone is a bundle", async () => {
  const client = clientOf();
  const [one, other] = await Promise.all([
    fetchUserContext({ user_id: 1 }, { client }),
    fetchGlobalContext({}, { client }),
  ]);
  expect([one.user_profile.user_id, other]).toEqual([1, { categories: [], current_user: null }]);
  await fetchUserContext({ user_id: 2 }, { client });
  expect(lines).toEqual([
    "POST /api/mizan/ctx/ 200 application/x-ndjson",
    "GET /api/mizan/ctx/user/ 200 application/json",
  ]);
});

test("refusals arrive as errors of the contract and of the protocol", async () => {
  const client = clientOf();
  expect(await failure(callRenameUser({ user_id: 7, name: "" }, { client }))).toMatchObject({
    code: "USER_NOT_FOUND",
    details: { user_id: 7 },
  });
  expect(await failure(callListOrders({}, { client }))).toMatchObject({ code: "UNAUTHORIZED" });
  const elsewhere = clientOf("https://other.example/api/mizan");
  expect(await failure(fetchUserContext({ user_id: 1 }, { client: elsewhere }))).toMatchObject({
    status: 418,
  });
});

test("files are streamed to a fake, on whatever origin", async () => {
  const client = clientOf("https://any.example/album");
  const cover = new File(["0123".repeat(50_000)], "a.png", { type: "image/png" });
  const set = await callSetCover({ album_id: 1, cover }, { client });
  expect(set?.name).toBe(`a.png ${"0123".repeat(50_000)}`);
  const printed = { album_id: 1, paper: "5", copies: [], cover };
  expect(await callPrintAlbum(printed, { client })).toEqual({ paper: "5" });
});

test.each<[string, RequestInit, number]>([
  ["/ctx/user/?user_id=5", { method: "HEAD" }, 200],
  ["/ctx/user/?user_id=x", {}, 422],
  ["/ctx/nobody/", {}, 404],
  ["/nowhere/", {}, 404],
  ["/call/", {}, 405],
  ["/call/", { method: "POST", body: "{" }, 415],
  ["/call/", { method: "POST", body: "{", headers: { "Content-Type": "application/json" } }, 400],
  [
    "/call/",
    { method: "POST", headers: { "Content-Type": "multipart/form-data; boundary=a" } },
    400,
  ],
])("%s %j is answered %i", async (path, init, status) => {
  const response = await fetch(baseUrl + path, init);
  expect(response.status).toBe(status);
  const text = await response.text();
  if (init.method === "HEAD") expect(text).toBe("");
  else expect(JSON.parse(text)).toMatchObject({ error: true });
});

test("a bundle that did not change is answered 304 without a body", async () => {
  const url = `${baseUrl}/ctx/user/?user_id=5`;
  const first = await fetch(url);
  const etag = first.headers.get("etag") ?? "";
  const again = await fetch(url, { headers: { "If-None-Match": etag } });
  expect([again.status, await again.text()]).toEqual([304, ""]);
});

test("who reads no further ends the stream", async () => {
  const ended: string[] = [];
  server.fake({
    userOrders: (_, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          ended.push("aborted");
          resolve([]);
        });
      }),
  });
  const given = new AbortController();
  const read = server.respond(
    new Request(`${baseUrl}/ctx/user/?user_id=5`, {
      headers: { Accept: "application/x-ndjson" },
      signal: given.signal,
    }),
  );
  const reader = (await read).body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('"slot"');
  await reader?.cancel();
  given.abort();
  expect(ended).toEqual(["aborted"]);
});

test("a body that breaks off, or was read by somebody else, is an answer like any other", async () => {
  const json = { "Content-Type": "application/json" };
  const broken = new ReadableStream({ start: (controller) => controller.error(new Error("gone")) });
  const init = { method: "POST", headers: json, duplex: "half" };
  const request = new Request(`${baseUrl}/call/`, { ...init, body: broken });
  const logged = jest.spyOn(console, "error").mockImplementation(() => {});
  expect((await server.respond(request)).status).toBe(500);
  const read = new Request(`${baseUrl}/call/`, { ...init, body: "{}" });
  await read.text();
  expect((await server.respond(read)).status).toBe(500);
  expect(logged).toHaveBeenCalledTimes(2);
  logged.mockRestore();
  const outside = await server.respond(new Request("https://any.example/elsewhere"), "/api/v2/");
  expect(outside.status).toBe(404);
});
