/** The server in memory by its own client, without React: fakes, guards, effects, records, and what is refused. */
import { inspect } from "node:util";
import { safe, type MizanError } from "@mizan/runtime/client";
import {
  callCancelOrder,
  callListOrders,
  callPing,
  callPlaceOrder,
  callRenameUser,
  fetchGlobalContext,
  fetchSearchContext,
  fetchUserContext,
  watchUserContext,
} from "../../generated/shop/client/index.js";
import {
  createTestMizan,
  exampleOrder,
  exampleProfile,
  exampleUserOrdersOutput,
} from "../../generated/shop/client/testing.js";
import { callNote, callPrintAlbum, callSetCover } from "../../generated/album/client/index.js";
import {
  createTestMizan as createAlbum,
  examplePhoto,
} from "../../generated/album/client/testing.js";

const failure = async (promise: Promise<unknown>): Promise<MizanError> =>
  promise.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: MizanError) => error,
  );
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

let warnings: unknown[][];
beforeEach(() => {
  warnings = [];
  for (const level of ["warn", "error"] as const) {
    jest.spyOn(console, level).mockImplementation((...line) => void warnings.push(line));
  }
});
afterEach(() => jest.restoreAllMocks());

test("a fake gets parsed input and its answer is boxed, checked and sent as production's", async () => {
  const server = createTestMizan({
    ping: () => true,
    searchOrders: ({ page, q }) => (page === 1 && q === null ? [exampleOrder()] : null),
  });
  const { client } = server;
  expect(await callPing({}, { client })).toBe(true);
  expect(await fetchSearchContext({}, { client })).toEqual({ search_orders: [exampleOrder()] });
  expect(server.reads).toEqual([
    {
      fn: "searchOrders",
      input: { q: null, since: null, page: 1, ref: null, weight: null, tags: null },
    },
  ]);
  expect(server.calls).toEqual([{ fn: "ping", input: {} }]);
  expect(warnings).toEqual([]);
});

test("effects that the contract declares reach what is shown, without a line of the test", async () => {
  const orders = exampleUserOrdersOutput();
  const server = createTestMizan({
    orderCount: () => orders.length,
    userOrders: () => orders,
    userProfile: ({ user_id }) => exampleProfile({ user_id }),
    renameUser: ({ user_id, name }) => exampleProfile({ user_id, name }),
    cancelOrder: ({ order_id }) => {
      orders.splice(
        orders.findIndex(({ id }) => id === order_id),
        1,
      );
    },
  });
  const { client } = server;
  const user = watchUserContext({ user_id: 5 }, { client });
  user.retain();
  const shown = new Set<string | undefined>();
  user.subscribe(() => shown.add(user.getState().data?.user_profile.name));
  await settled();
  expect(user.getState().data?.user_orders.map(({ id }) => id)).toEqual([10, 11]);

  await callRenameUser({ user_id: 5, name: "Ada" }, { client });
  expect(user.getState().data?.user_profile.name).toBe("Ada");
  await callCancelOrder({ user_id: 5, order_id: 10 }, { client });
  expect(user.getState().data?.user_orders.map(({ id }) => id)).toEqual([11]);
  // Merged, not read again.
  expect(server.reads.length).toBe(3);
  expect(server.calls.map(({ fn }) => fn)).toEqual(["renameUser", "cancelOrder"]);
  user.release();
});

test("what fakes say beyond the declared effects counts, too, and they may call each other", async () => {
  const server = createTestMizan(
    {
      ping: async (_, ctx) => {
        ctx.invalidate.stock();
        return (await ctx.call.order_count({ user_id: 1 })) === 3;
      },
      orderCount: () => 3,
    },
    { user: { id: 1 } },
  );
  expect(await callPing({}, server)).toBe(true);
  expect(server.calls).toEqual([{ fn: "ping", input: {} }]);
  expect(server.reads).toEqual([{ fn: "orderCount", input: { user_id: 1 } }]);
});

test("a function without a fake names the one to add", async () => {
  const server = createTestMizan();
  const error = await failure(callRenameUser({ user_id: 1, name: "Ada" }, server));
  expect(error).toMatchObject({ status: 501, code: "NOT_IMPLEMENTED" });
  expect(error.message).toBe(
    "there is no fake for rename_user: give createTestMizan one that is called renameUser",
  );
  expect(warnings.flat()[0]).toContain("renameUser");
  expect(server.calls).toEqual([]);
  const read = await failure(fetchUserContext({ user_id: 1 }, server));
  expect(read.message).toMatch(/one that is called (orderCount|userOrders|userProfile)/);
});

test("mistakes in fakes are told when the server is made", () => {
  const typo = { renameUsr: () => exampleProfile() };
  expect(() => createTestMizan(typo as object)).toThrow(/renameUsr; is it renameUser\?/);
  const wire = { rename_user: () => exampleProfile() };
  expect(() => createTestMizan(wire as object)).toThrow(/is it renameUser\?/);
  expect(() => createTestMizan({ constructor: () => 1 } as object)).toThrow(/constructor/);
  expect(() => createTestMizan({ ping: true } as object)).toThrow("the fake ping is no function");
  expect(() => createTestMizan().fake(typo as object)).toThrow(TypeError);
  expect(createTestMizan({ ping: undefined } as object).calls).toEqual([]);
});

test("input is checked before a fake, output and errors after it", async () => {
  const server = createTestMizan({
    renameUser: () => ({ name: "half" }) as never,
    placeOrder: ({ sku }, ctx) => {
      if (sku === "gone") throw ctx.errors.OutOfStock({ sku, left: 0 });
      if (sku === "wrong") throw ctx.errors.OutOfStock({ sku } as never);
      throw new Error("a secret of the test");
    },
  });
  const place = (sku: unknown) =>
    safe(callPlaceOrder)({ user_id: 1, sku: sku as string }, { client: server.client });
  const refused = await place(5);
  expect(refused.error).toMatchObject({ code: "VALIDATION_ERROR", status: 422 });
  expect(server.calls).toEqual([]);
  const gone = await place("gone");
  expect(gone.error).toMatchObject({ code: "OUT_OF_STOCK", details: { sku: "gone", left: 0 } });
  expect((await place("wrong")).error).toMatchObject({ code: "INTERNAL_ERROR" });
  const thrown = await place("thrown");
  expect(thrown.error?.message).not.toContain("secret");
  // The one who wrote the test sees why.
  expect(inspect(warnings, { depth: 5 })).toContain("a secret of the test");
  const half = await failure(callRenameUser({ user_id: 1, name: "x" }, server));
  expect(half).toMatchObject({ status: 500 });
  const unchecked = createTestMizan(
    { renameUser: () => ({ name: "half" }) as never },
    { validateOutput: false },
  );
  expect(await callRenameUser({ user_id: 1, name: "x" }, unchecked)).toEqual({ name: "half" });
});

test("guards are asked of the user of the moment; predicates pass unless the test says otherwise", async () => {
  const server = createTestMizan({
    listOrders: (_, { user }) => [exampleOrder({ note: `of ${user.id}` })],
    orderCount: () => 1,
    userOrders: () => [],
    userProfile: () => exampleProfile(),
  });
  expect(await failure(callListOrders({}, server))).toMatchObject({ code: "UNAUTHORIZED" });
  server.user = { id: "ada" };
  expect((await callListOrders({}, server))[0]?.note).toBe("of ada");
  expect(await fetchUserContext({ user_id: 1 }, server)).toMatchObject({ order_count: 1 });
  server.reset();
  expect(await failure(callListOrders({}, server))).toMatchObject({ code: "UNAUTHORIZED" });

  const strict = createTestMizan(
    { orderCount: () => 1, userOrders: () => [], userProfile: () => exampleProfile() },
    {
      user: { id: 1 },
      predicates: { owns_profile: ({ user, input }) => user?.id === input.user_id },
    },
  );
  expect(await fetchUserContext({ user_id: 1 }, strict)).toMatchObject({ order_count: 1 });
  expect(await failure(fetchUserContext({ user_id: 2 }, strict))).toMatchObject({
    code: "FORBIDDEN",
  });
});

test("a fake may sign somebody in, and the client forgets what it showed to nobody", async () => {
  const server = createTestMizan({
    currentUser: (_, { user }) =>
      user === null ? null : exampleProfile({ name: String(user.id) }),
    categories: () => [],
    signOut: (_, ctx) => {
      server.user = null;
      ctx.identityChanged();
    },
  });
  server.user = { id: "ada" };
  expect((await fetchGlobalContext({}, server)).current_user?.name).toBe("ada");
  const { callSignOut } = await import("../../generated/shop/client/index.js");
  await callSignOut({}, server);
  expect((await fetchGlobalContext({}, server)).current_user).toBeNull();
});

test("nothing of a context is cached, as fakes change", async () => {
  const server = createTestMizan({
    orderCount: () => 1,
    userOrders: () => [],
    userProfile: () => exampleProfile(),
  });
  expect(await fetchUserContext({ user_id: 1 }, server)).toMatchObject({ order_count: 1 });
  server.fake({ orderCount: () => 2 });
  expect(await fetchUserContext({ user_id: 1 }, server)).toMatchObject({ order_count: 2 });
});

test("reset brings back the first fakes, an empty record and an empty client", async () => {
  const server = createTestMizan({ ping: () => true });
  const { client } = server;
  server.fake({ ping: () => false, orderCount: () => 1 });
  expect(await callPing({}, { client })).toBe(false);
  const before = server.calls;
  server.reset();
  expect([before.length, server.calls.length, server.reads.length]).toEqual([1, 0, 0]);
  expect(server.client).not.toBe(client);
  expect(await callPing({}, server)).toBe(true);
  expect(createTestMizan({ ping: () => false }).calls).toEqual([]);
});

test("two servers know nothing of each other", async () => {
  const [one, other] = [
    createTestMizan({ ping: () => true }),
    createTestMizan({ ping: () => false }),
  ];
  expect([await callPing({}, one), await callPing({}, other)]).toEqual([true, false]);
  expect([one.calls.length, other.calls.length]).toEqual([1, 1]);
});

test("a delay comes before the server, and an aborted read is not waited for", async () => {
  const fakes = { ping: () => true, orderCount: () => 1, userOrders: () => [] };
  const userProfile = () => exampleProfile();
  const server = createTestMizan({ ...fakes, userProfile }, { delayMs: 20 });
  const called = callPing({}, server);
  await settled();
  expect(server.calls).toEqual([]);
  expect(await called).toBe(true);
  const given = new AbortController();
  const read = fetchUserContext({ user_id: 1 }, { client: server.client, signal: given.signal });
  given.abort();
  await expect(read).rejects.toMatchObject({ name: "AbortError" });
});

test("files reach a fake, as those of a form do", async () => {
  const album = createAlbum({
    setCover: async ({ cover }) =>
      cover === null ? null : examplePhoto({ name: `${cover.name} ${await cover.text()}` }),
    printAlbum: ({ paper, copies, notes }) => ({ paper, copies, notes: notes?.length }),
    note: ({ text }) => text,
  });
  const file = new File(["0123"], "a.png", { type: "image/png" });
  expect(await callNote({ text: "a\r\nb" }, album)).toBe("a\r\nb");
  expect(await callSetCover({ album_id: 1, cover: file }, album)).toEqual(
    examplePhoto({ name: "a.png 0123" }),
  );
  expect(await callSetCover({ album_id: 1 }, album)).toBeNull();
  // What stands for any JSON stays what it was: a text is no number.
  const printed = { album_id: 1, paper: "5", copies: ["1", 2], notes: [file, file] };
  expect(await callPrintAlbum(printed, album)).toEqual({ paper: "5", copies: ["1", 2], notes: 2 });
});
