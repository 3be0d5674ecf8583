/**
 * The generated client against the generated server, over real sockets: what a team ships, both halves.
 * The contract is the one of the recorded exchanges, so its handlers are known from there.
 */
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { createClient, MizanError, type Client, type ClientEvent } from "@mizan/runtime/client";
import {
  callAddOrder,
  callDropOrder,
  callEverything,
  callFail,
  callGiveBytes,
  callGiveInt,
  callGiveNothing,
  callOnlySignedIn,
  callRenameUser,
  callTakeModel,
  callUnfilled,
  callUpdateProfile,
  fetchUserContext,
  watchGlobalContext,
  watchUserContext,
} from "../../generated/wireapp/client/index.js";
import { functionOf } from "@mizan/runtime/abi/v1/client";
import { createWireapp } from "../wireapp/app.js";

const { app, mizan } = createWireapp();
let server: Server;
let origin = "";

/** A browser in so far as it keeps cookies; counts what it sends below the mount. */
function visitor(signedInAs?: string): { client: Client; sent: string[]; events: ClientEvent[] } {
  const sent: string[] = [];
  const events: ClientEvent[] = [];
  const cookies = new Map<string, string>();
  const client = createClient({
    baseUrl: `${origin}/api/mizan`,
    onEvent: (event) => events.push(event),
    fetch: async (input, init) => {
      const url = new URL(String(input));
      url.searchParams.sort();
      sent.push(`${init?.method ?? "GET"} ${url.pathname.replace("/api/mizan", "")}${url.search}`);
      const headers = new Headers(init?.headers);
      if (cookies.size > 0) {
        headers.set("cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
      }
      if (signedInAs !== undefined) headers.set("x-test-user", signedInAs);
      const answer = await fetch(url, { ...init, headers });
      for (const line of answer.headers.getSetCookie()) {
        const [name = "", value = ""] = (line.split(";")[0] ?? "").split("=");
        cookies.set(name, value);
      }
      return answer;
    },
  });
  return { client, sent, events };
}

/** Resolves when nothing is being fetched any more. */
function settled(
  ...watches: { getState: () => { isFetching: boolean; status: string } }[]
): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const busy = watches.some((watch) => {
        const { isFetching, status } = watch.getState();
        return isFetching || status === "loading" || status === "idle";
      });
      if (busy) setTimeout(look, 5);
      else resolve();
    };
    look();
  });
}

beforeAll(async () => {
  server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(async () => {
  await fetch(`${origin}/__reset`, { method: "POST" });
});

afterAll(async () => {
  await mizan.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test("a merge changes the mounted instance without a read, and other instances not at all", async () => {
  const { client, sent } = visitor();
  const five = watchUserContext({ user_id: 5 }, { client });
  const six = watchUserContext({ user_id: 6 }, { client });
  for (const watch of [five, six]) watch.retain();
  await settled(five, six);
  const before = six.getState().data;
  sent.length = 0;
  expect(await callRenameUser({ user_id: 5, name: "Grace" }, { client })).toEqual({
    user_id: 5,
    name: "Grace",
  });
  expect(five.getState().data?.user_profile).toEqual({ user_id: 5, name: "Grace" });
  expect(six.getState().data).toBe(before);
  expect(sent).toEqual(["GET /session/", "POST /call/"]);
  for (const watch of [five, six]) watch.release();
});

test("an invalidation refetches exactly the instance it names, once", async () => {
  const { client, sent } = visitor();
  const five = watchUserContext({ user_id: 5 }, { client });
  const six = watchUserContext({ user_id: 6 }, { client });
  const global = watchGlobalContext({}, { client });
  for (const watch of [five, six, global]) watch.retain();
  await settled(five, six, global);
  sent.length = 0;
  await callUpdateProfile({ user_id: 5, name: "Grace" }, { client });
  await settled(five, six, global);
  expect(five.getState().data?.user_profile.name).toBe("Grace");
  expect(sent).toEqual(["GET /session/", "POST /call/", "GET /ctx/user/?user_id=5"]);
  for (const watch of [five, six, global]) watch.release();
});

test("list elements are appended and removed in full lists, and limited lists are read again", async () => {
  const { client, sent } = visitor();
  const all = watchUserContext({ user_id: 5 }, { client });
  const first = watchUserContext({ user_id: 5, limit: 1 }, { client });
  for (const watch of [all, first]) watch.retain();
  await settled(all, first);
  sent.length = 0;
  const order = await callAddOrder({ user_id: 5, title: "pot" }, { client });
  expect(all.getState().data?.user_orders.map(({ title }) => title)).toEqual(["tea", "cup", "pot"]);
  await settled(all, first);
  expect(first.getState().data?.user_orders.map(({ title }) => title)).toEqual(["tea"]);
  expect(sent.slice(2)).toEqual(["GET /ctx/user/?limit=1&user_id=5"]);
  await callDropOrder({ user_id: 5, order_id: order.id }, { client });
  expect(all.getState().data?.user_orders.map(({ title }) => title)).toEqual(["tea", "cup"]);
  for (const watch of [all, first]) watch.release();
});

test("boxed values, formats and structs arrive as the types say", async () => {
  const { client } = visitor();
  expect(await callGiveInt({}, { client })).toBe(5);
  expect(await callGiveNothing({}, { client })).toBeNull();
  expect(await callGiveBytes({}, { client })).toBe("YWJj");
  expect(await callTakeModel({ point: { x: 1 } }, { client })).toEqual({ x: 1, y: 0 });
  expect(await callEverything({}, { client })).toMatchObject({
    i: Number.MAX_SAFE_INTEGER,
    when: "2024-01-02T03:04:05.678Z",
    price: "1.50",
    by_name: { a: { label: "a", score: 0.5 }, b: { label: "b", score: 0.5 } },
  });
});

test("errors arrive typed: declared, of the protocol, and of a stub nobody filled in", async () => {
  const { client } = visitor();
  const declared = await callFail({ how: "bad_request" }, { client }).catch(
    (error: unknown) => error,
  );
  expect(declared).toBeInstanceOf(MizanError);
  expect(declared).toMatchObject({ code: "BAD_THING", status: 400, details: { a: 1 }, fn: "fail" });
  await expect(callUnfilled({}, { client })).rejects.toMatchObject({ code: "NOT_IMPLEMENTED" });
  await expect(callOnlySignedIn({}, { client })).rejects.toMatchObject({ code: "UNAUTHORIZED" });
  await expect(
    fetchUserContext({ user_id: "5" as unknown as number, limit: 1.5 }, { client }),
  ).rejects.toMatchObject({
    code: "VALIDATION_ERROR",
    details: { fields: { limit: [expect.any(String)] } },
  });
  const signedIn = visitor("ada");
  expect(await callOnlySignedIn({}, { client: signedIn.client })).toEqual({ ok: true });
});

test("a page that is older than the server works where it can, and learns why where it cannot", async () => {
  const { client, events } = visitor();
  const old = functionOf({ hash: "0123456789abcdef", headerPrefix: "X-Mizan-" });
  const rename = old<object, { name: string }, never>("rename_user");
  expect(await rename({ user_id: 5, name: "Grace" }, { client })).toMatchObject({ name: "Grace" });
  const gone = old<object, unknown, never>("rename_person")({}, { client });
  await expect(gone).rejects.toMatchObject({
    code: "CONTRACT_MISMATCH",
    status: 404,
    cause: { code: "NOT_FOUND" },
  });
  await expect(rename({ user_id: "five" }, { client })).rejects.toMatchObject({
    code: "CONTRACT_MISMATCH",
    cause: { code: "VALIDATION_ERROR", details: { fields: { user_id: [expect.any(String)] } } },
  });
  expect(events.filter(({ type }) => type === "contract-changed")).toEqual([
    { type: "contract-changed", hash: expect.stringMatching(/^[0-9a-f]{16}$/) },
  ]);
});

test("two visitors share nothing", async () => {
  const ada = visitor("ada");
  const sam = visitor("sam");
  const hers = watchGlobalContext({}, { client: ada.client });
  const his = watchGlobalContext({}, { client: sam.client });
  for (const watch of [hers, his]) watch.retain();
  await settled(hers, his);
  expect(hers.getState().data?.current_user.pk).toBe("5");
  expect(his.getState().data?.current_user.pk).toBe("6");
  for (const watch of [hers, his]) watch.release();
});
