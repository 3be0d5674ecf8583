/**
 * A client that speaks to a server of the same process. What it may ask, sees and changes is what it would over
 * HTTP; only the proofs that a browser owes are not asked for.
 */
import { createClient, watch, type Client, type MizanError } from "@mizan/runtime/client";
import { contextOf, fetchOf, functionOf, type Contract } from "@mizan/runtime/abi/v1/client";
import { field, integer, json, list, ref, string } from "@mizan/runtime/abi/v1/server";
import { inProcess, type Mizan } from "@mizan/runtime/server";
import { createApplication, markerOf, ownersIn } from "../identity/leak-app.js";
import { callNote, callSetCover } from "../album/mizan/client/functions.js";
import { contract as albumContract } from "../album/mizan/client/contract.js";
import { fetchAlbumContext } from "../album/mizan/client/contexts/album.js";
import { createMizan as createAlbum } from "../album/mizan/server/mizan.js";
import { quiet } from "../support/quiet.js";
import { serverOf } from "./ask.js";

const contract: Contract = { hash: "0123456789abcdef", headerPrefix: "X-Mizan-" };
const meContext = contextOf(contract)<object, { my_notes: string[]; my_profile: object }>("me", {
  my_notes: "box",
  my_profile: "",
});
const hintContext = contextOf(contract)<object, { hint_text: string | null }>("hint", {
  hint_text: "box",
});
const fn = functionOf(contract);
const writeNote = fn<{ text: string }, string[], never>("write_note", "box");
const anything = (name: string) => fn<object, unknown, never>(name);

const clientFor = (mizan: Mizan, options?: Parameters<typeof inProcess>[1]): Client =>
  createClient({ transport: inProcess(mizan, options), retry: 0 });

async function failure(promise: Promise<unknown>): Promise<MizanError> {
  return promise.then(
    () => Promise.reject(new Error("it did not fail")),
    (error: MizanError) => error,
  );
}

/** Waits until nothing is under way in an instance. */
function atRest(handle: ReturnType<typeof watch>): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (handle.getState().isFetching) return;
      stop();
      resolve();
    };
    const stop = handle.subscribe(look);
    look();
  });
}

const { mizan: app, credentialOf } = createApplication(30, { logger: quiet });
const signedIn = (id: number): Client =>
  clientFor(app, { request: { headers: { "x-session": credentialOf(id) } } });
afterAll(() => app.close());

test("a generated client speaks to a generated server without a socket, a token or an origin", async () => {
  const mizan = createAlbum({
    mode: "production",
    csrf: { secret: "a secret of some length" },
    predicates: { owns_album: () => true },
    logger: quiet,
  });
  const client = clientFor(mizan, { headers: { Origin: "https://elsewhere.example" } });
  expect(await callNote({ text: "a\r\nb" }, { client })).toBe("a\r\nb");
  expect(await fetchAlbumContext({ album_id: 1 }, { client })).toEqual({ photos: [] });
  const refused = await failure(callNote({ text: "x".repeat(2_000_000) }, { client }));
  expect(refused.code).toBe("PAYLOAD_TOO_LARGE");
  expect(albumContract.hash).toBe(refused.headers?.get("X-Mizan-Contract"));
  await mizan.close();
  expect(await failure(callNote({ text: "" }, { client }))).toMatchObject({ status: 503 });
});

test("files need a request, and a call with some is told so and never counts as sent", async () => {
  const client = clientFor(createAlbum({ predicates: { owns_album: () => true }, logger: quiet }));
  const cover = new File(["x"], "a.png", { type: "image/png" });
  const input = { album_id: 1, cover } as Parameters<typeof callSetCover>[0];
  const refused = await failure(callSetCover(input, { client }));
  expect(refused).toMatchObject({ code: "NETWORK" });
  expect(refused.message).toContain("files");
});

test("params arrive as they were given, lists and texts of any JSON too", async () => {
  const echo = serverOf(
    {
      contexts: [{ name: "any", functions: ["echo"] }],
      functions: [
        {
          name: "echo",
          input: [field("p", json()), field("lists", list(list(integer())))],
          output: json(),
          context: "any",
        },
      ],
    },
    { echo: (input: object) => input },
  );
  const read = fetchOf(
    contextOf(contract)<object, { echo: unknown }>("any", { echo: "box p:jsontext lists:json" }),
  );
  const client = clientFor(echo);
  for (const p of [[1, [2]], [5], "a", "5", "null", 5, false, { b: 1 }, []]) {
    const params = { p, lists: [[1, 2], []] };
    expect(await read(params, { client })).toEqual({ echo: params });
  }
});

test("guards, private functions, predicates, validation and declared errors are those of the wire", async () => {
  const stranger = clientFor(app);
  const ada = signedIn(1);
  const ask = async (client: Client, name: string, input: object = {}): Promise<string> =>
    (await failure(anything(name)(input, { client }))).code;
  expect(await ask(stranger, "write_note", { text: "" })).toBe("UNAUTHORIZED");
  expect(await ask(ada, "audit_text")).toBe("FORBIDDEN");
  expect(await ask(ada, "hidden")).toBe("FORBIDDEN");
  expect(await ask(ada, "user_profile", { user_id: 2 })).toBe("FORBIDDEN");
  expect(await ask(ada, "write_note", { text: 5 })).toBe("VALIDATION_ERROR");
  expect(await ask(ada, "nobody")).toBe("NOT_FOUND");
  expect(await ask(ada, "crash")).toBe("INTERNAL_ERROR");
  expect(await failure(anything("fail")({}, { client: ada }))).toMatchObject({
    code: "PERSONAL",
    status: 418,
    details: { secret: markerOf(1) },
  });
});

test("an answer has the headers that the handler set, several of one name too", async () => {
  const transport = inProcess(app, { headers: { "X-Session": credentialOf(3) } });
  const { headers } = await transport.call("say", {}, { headers: {}, onSend: () => {} });
  expect(headers?.get("x-said")).toBe(markerOf(3));
  expect(headers?.get("Set-Cookie")).toContain(markerOf(3));
});

test("effects reach what is mounted", async () => {
  const client = signedIn(2);
  const me = watch(client, meContext);
  const hint = watch(client, hintContext);
  await Promise.all([atRest(me), atRest(hint)]);
  await writeNote({ text: "new" }, { client });
  expect(me.getState().data?.my_notes).toEqual([markerOf(2), "new"]);
  expect(hint.getState()).toMatchObject({ isFetching: true, data: { hint_text: markerOf(2) } });
  await atRest(hint);
  expect(hint.getState().isStale).toBe(false);
  for (const handle of [me, hint]) handle.release();
});

test("users rendered side by side see their own and nothing else", async () => {
  await Promise.all(
    Array.from({ length: 30 }, async (_, index) => {
      const id = index + 1;
      const client = signedIn(id);
      const handle = watch(client, meContext);
      await atRest(handle);
      const said = await writeNote({ text: markerOf(id) }, { client });
      expect(ownersIn(JSON.stringify([handle.getState(), said]))).toEqual(new Set([id]));
      handle.release();
    }),
  );
});

const shapes = serverOf(
  {
    structs: [{ name: "Seen", fields: [field("all", json())] }],
    contexts: [{ name: "seen", functions: ["seen"] }],
    functions: [
      {
        name: "seen",
        context: "seen",
        boxed: false,
        input: [
          field("n", integer()),
          field("texts", list(string())),
          field("any", json(), { omittable: true }),
        ],
        output: ref("Seen"),
      },
      { name: "own", boxed: true, input: [field("any", json())], output: json() },
      { name: "slow", output: string() },
    ],
  },
  {
    seen: (input: object, { req }: { req: { headers: object; url?: string } }) => ({
      all: { input, headers: req.headers, url: req.url ?? null },
    }),
    own: ({ any }: { any: object }) => Object.assign(any, { added: 1 }),
    slow: (_: object, { signal }: { signal: AbortSignal }) =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve("aborted"))),
  },
  { csrf: { secret: "a secret of some length" }, logger: quiet },
);
const seenContext = contextOf(contract)<object, { seen: { all: { headers?: object } } }>("seen", {
  seen: "n:integer texts:json any:json=",
});

test("params travel as in a query, and the request handed on is what handlers see", async () => {
  const request = { url: "/page?x=1", headers: { cookie: "a=b", "content-length": "7" } };
  const client = clientFor(shapes, { request, headers: { "X-Tenant": "t" } });
  const { seen } = await fetchOf(seenContext)(
    { n: 5, texts: ["a&b", "ü"], any: { deep: [1] } },
    { client },
  );
  expect(seen.all).toEqual({
    input: { n: 5, texts: ["a&b", "ü"], any: { deep: [1] } },
    headers: request.headers,
    url: "/page?x=1",
  });
});

test("without a request handlers see the headers that were given, and those of the call", async () => {
  const client = clientFor(shapes, { headers: { "X-Tenant": "t" } });
  const { seen } = await fetchOf(seenContext)({ n: 5, texts: ["a", "b"] }, { client });
  expect(seen.all.headers).toEqual({ "x-tenant": "t" });
});

test("nothing is shared by reference: what a handler does to its input stays with it", async () => {
  const given = { any: { list: [1] } };
  const own = fn<typeof given, object, never>("own", "box");
  const answered = await own(given, { client: clientFor(shapes) });
  expect(answered).toEqual({ list: [1], added: 1 });
  expect(given).toEqual({ any: { list: [1] } });
});

test("headers that are none, and input that is no JSON, are errors and not crashes", async () => {
  const cyclic: { any?: object } = {};
  cyclic.any = cyclic;
  const client = clientFor(shapes, { headers: { "": "", "X-Mizan-Token": "garbage" } });
  expect(await failure(fn("own")(cyclic, { client }))).toMatchObject({ code: "NETWORK" });
  expect(await failure(fn("own")({ any: 1n }, { client }))).toMatchObject({ code: "NETWORK" });
  expect(await failure(fn("own")({ any: 1 }, { client }))).toMatchObject({ code: "UNAUTHORIZED" });
});

test("a read that was given up aborts its handlers", async () => {
  let begin: (signal: AbortSignal) => void = () => undefined;
  const began = new Promise<AbortSignal>((resolve) => (begin = resolve));
  const abortOf = (signal: AbortSignal): Promise<unknown> =>
    new Promise((resolve) => signal.addEventListener("abort", resolve));
  const slow = serverOf(
    {
      contexts: [{ name: "slow", functions: ["slow"] }],
      functions: [{ name: "slow", context: "slow", output: string() }],
    },
    {
      slow: async (_: object, { signal }: { signal: AbortSignal }) => {
        begin(signal);
        await abortOf(signal);
        return "";
      },
    },
    { csrf: false, logger: quiet },
  );
  const slowContext = contextOf(contract)<object, { slow: string }>("slow", { slow: "box" });
  const handle = watch(clientFor(slow), slowContext);
  const signal = await began;
  const aborted = abortOf(signal);
  handle.release();
  await aborted;
  expect(signal.aborted).toBe(true);
});
