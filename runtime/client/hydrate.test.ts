/** What a page brings along is shown without a request, believed as little as an answer, and never goes backwards. */
import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { contextOf } from "./generated.js";
import { dehydrate, hydrate, snapshotScript } from "./hydrate.js";
import {
  contract,
  createStage,
  mutate,
  settled,
  totalContext,
  userContext,
  type Stage,
  type Staged,
  type UserData,
} from "./model/stage.js";
import { observe, receive, watch } from "./watch.js";

const five = { user_id: 5 };
const bundle = (name: string): UserData => ({ profile: { name }, orders: [] });

/** What a server that has read this sends along. */
async function rendered(name = "Ada", context = userContext): Promise<unknown> {
  const stage = createStage();
  watch(stage.client, context, five);
  await settled();
  await stage.next().answer(bundle(name));
  return JSON.parse(JSON.stringify(dehydrate(stage.client)));
}

function hydrated(snapshot: unknown, options = {}): Stage {
  const stage = createStage(options);
  hydrate(stage.client, snapshot);
  return stage;
}

const shown = (stage: Stage): string | undefined =>
  observe(stage.client, userContext, five).getState().data?.profile.name;

afterEach(() => jest.restoreAllMocks());

test("hydrated instances show their data at once, and are asked for only when they are stale", async () => {
  const stage = hydrated(await rendered());
  const handle = observe(stage.client, userContext, { user_id: "05", limit: null });
  const before = handle.getState();
  expect(before).toMatchObject({ status: "success", isStale: false, data: bundle("Ada") });
  expect(before.slots).toBe(before.data);
  expect(handle.getState()).toBe(before);
  handle.subscribe(() => {});
  handle.retain();
  await settled();
  expect(handle.getState()).toBe(before);
  expect(stage.waiting).toEqual([]);

  receive(stage.client, { invalidate: ["user"] });
  await settled();
  await stage.next("user").answer(bundle("Bob"));
  expect(shown(stage)).toBe("Bob");
  watch(stage.client, userContext, { user_id: 6 });
  await settled();
  expect(stage.next("user").input).toEqual({ user_id: 6 });
});

test("boxes are off already, and everything that has data is in a snapshot", async () => {
  const stage = createStage();
  watch(stage.client, totalContext, {});
  watch(stage.client, userContext, five);
  watch(stage.client, userContext, { user_id: 6 });
  await settled();
  await stage.next("total").answer({ count: { result: 3 } });
  await stage.next("user").answer(bundle("Ada"));
  const snapshot = dehydrate(stage.client);
  expect(snapshot.contexts).toHaveLength(2);
  const page = hydrated(snapshot);
  expect(observe(page.client, totalContext, {}).getState().data).toEqual({ count: 3 });
  expect(dehydrate(createStage().client)).toEqual({ contexts: [] });
});

test("what was stale on the server, or came after an effect, arrives stale", async () => {
  const snapshot = await rendered();
  const old = JSON.parse(JSON.stringify(snapshot).replace('"isStale":false', '"isStale":true'));
  const effect = async (stage: Stage) => receive(stage.client, { invalidate: ["other"] });
  const call = async (stage: Stage) => {
    void mutate({}, { client: stage.client });
    await stage.next("mutate").answer({ result: null });
  };
  for (const [given, before, after] of [
    [old],
    [snapshot, effect],
    [snapshot, call],
    [snapshot, undefined, effect],
    [snapshot, undefined, call],
  ] as const) {
    const stage = createStage();
    await before?.(stage);
    hydrate(stage.client, given);
    const early = observe(stage.client, userContext, five).getState().isStale;
    await after?.(stage);
    const handle = watch(stage.client, userContext, five);
    expect([early, handle.getState().isStale, shown(stage)]).toEqual([!after, true, "Ada"]);
    await settled();
    await stage.next("user").answer(bundle("Bob"));
    expect(shown(stage)).toBe("Bob");
  }
});

test.each([
  ["back_forward", 0, "kept by the browser", true],
  ["back_forward", undefined, "nobody knows from where", true],
  ["back_forward", 6076, "fetched anew", false],
  ["navigate", 0, "still on its way", false],
])(
  "of a page by %s with %s bytes, %s, snapshots arrive stale: %s",
  async (type, transferSize, _, isStale) => {
    // As in browsers, these are no properties of its own.
    const navigation: object = Object.create({ type, transferSize });
    jest.spyOn(performance, "getEntriesByType").mockReturnValue([navigation as PerformanceEntry]);
    const stage = hydrated(await rendered());
    const handle = watch(stage.client, userContext, five);
    expect(handle.getState()).toMatchObject({ status: "success", isStale, isFetching: isStale });
    handle.release();
  },
);

test("nothing goes over what an instance has or has asked for", async () => {
  const stage = createStage();
  const handle = watch(stage.client, userContext, five);
  await settled();
  hydrate(stage.client, await rendered("older"));
  expect(handle.getState().status).toBe("loading");
  await stage.next("user").answer(bundle("newer"));
  hydrate(stage.client, await rendered("older"));
  expect(shown(stage)).toBe("newer");
});

test("a snapshot is taken once: an instance that was let go of is asked for", async () => {
  const snapshot = await rendered();
  const stage = hydrated(snapshot, { gcMs: 0 });
  const handle = watch(stage.client, userContext, five);
  hydrate(stage.client, snapshot);
  handle.release();
  await settled();
  watch(stage.client, totalContext, {});
  expect(shown(stage)).toBeUndefined();
});

test("a snapshot that nobody asked for is forgotten like an instance that nobody watches", async () => {
  const stage = hydrated(await rendered(), { gcMs: -1 });
  expect(shown(stage)).toBeUndefined();
});

test("a reset drops snapshots, and those that come after it", async () => {
  const snapshot = await rendered();
  const list = [snapshot];
  const stage = hydrated(list);
  stage.client.reset();
  expect(shown(stage)).toBeUndefined();
  list.push(snapshot);
  hydrate(stage.client, snapshot);
  expect(shown(stage)).toBeUndefined();
});

test("a call that was sent before the snapshot was taken merges nothing into it", async () => {
  const stage = hydrated(undefined);
  void mutate({}, { client: stage.client });
  await settled();
  hydrate(stage.client, await rendered("newer"));
  watch(stage.client, userContext, five);
  await stage.next("mutate").answer({
    result: null,
    merge: [{ context: "user", slot: "profile", params: five, value: { name: "older" } }],
  });
  expect(shown(stage)).toBe("newer");
  expect(stage.waiting.map(({ name }) => name)).toEqual(["user"]);
});

test("scripts leave a list, which takes what later ones push, before and after somebody listens", async () => {
  const page: { __MIZAN_SSR_DATA__?: unknown } = {};
  const run = async (name: string, id: number) => {
    const text = JSON.stringify(await rendered(name)).replace('\\"5\\"', `\\"${id}\\"`);
    runInNewContext(snapshotScript(JSON.parse(text)), { self: page });
  };
  await run("one", 5);
  await run("two", 6);
  const stage = hydrated(page.__MIZAN_SSR_DATA__);
  await run("three", 7);
  const names = [5, 6, 7, 8].map(
    (user_id) => observe(stage.client, userContext, { user_id }).getState().data?.profile.name,
  );
  expect(names).toEqual(["one", "two", "three", undefined]);
});

test("several clients of one page take the same list", async () => {
  const list: unknown[] = [];
  const early = hydrated(list);
  list.push(await rendered());
  const late = hydrated(list);
  list.push(JSON.parse(JSON.stringify(await rendered("Bob")).replace('\\"5\\"', '\\"6\\"')));
  expect(list).toHaveLength(2);
  for (const { client } of [early, late]) {
    const names = [5, 6].map(
      (user_id) => observe(client, userContext, { user_id }).getState().data?.profile.name,
    );
    expect(names).toEqual(["Ada", "Bob"]);
  }
  expect(shown(hydrated(Object.freeze([await rendered()])))).toBe("Ada");
});

test("no data ends the script element, or means anything to a script", async () => {
  const nasty = "</script><!--<script>\u2028\u2029&amp;]]>'\"`${1}\\u003c";
  const script = snapshotScript(await rendered(nasty).then((one) => one as never));
  expect(script).not.toMatch(/[<>&\u2028\u2029]/);
  const page: { __MIZAN_SSR_DATA__?: unknown } = {};
  runInNewContext(script, { self: page });
  expect(shown(hydrated(page.__MIZAN_SSR_DATA__))).toBe(nasty);
});

test("a slot of any name stays one", async () => {
  const odd = contextOf(contract)<object, { readonly [slot: string]: unknown }>("odd", {
    ["__proto__"]: "",
    constructor: "",
  });
  const bare = { contexts: [{ contract: "ours", key: "odd[]", data: {}, isStale: false }] };
  expect(observe(hydrated(bare).client, odd, {}).getState().data).toBeNull();
  const data = JSON.parse('{"__proto__":{"polluted":1},"constructor":2}');
  const state = observe(
    hydrated({ contexts: [{ ...bare.contexts[0], data }] }).client,
    odd,
    {},
  ).getState();
  expect(JSON.stringify(state.data)).toBe(JSON.stringify(data));
  expect(Object.getPrototypeOf(state.data)).toBe(Object.prototype);
});

test("snapshots that do not fit are left out, and the rest of them is taken", async () => {
  const good: { contexts: object[] } = JSON.parse(JSON.stringify(await rendered()));
  const [entry] = good.contexts;
  const other = (change: object) => ({ contexts: [{ ...entry, ...change }] });
  for (const bad of [
    ...[undefined, null, 5, "text", true, {}, [], [null, [good]], () => {}, new Map()],
    ...[null, 5, {}, "[]"].map((contexts) => ({ contexts })),
    ...[null, [], 5, {}].map((one) => ({ contexts: [one] })),
    ...["theirs", undefined, {}].map((hash) => other({ contract: hash })),
    ...["user", "nobody[]", 'user[["user_id","6"]]', 5, {}].map((key) => other({ key })),
    ...[null, 5, [], {}, { profile: { name: "half" } }].map((data) => other({ data })),
  ]) {
    const stage = hydrated(bad);
    const handle = watch(stage.client, userContext, five);
    await settled();
    await stage.next("user").answer(bundle("asked for"));
    expect(handle.getState().data?.profile.name).toBe("asked for");
  }
  expect(shown(hydrated({ contexts: [null, 5, {}, entry] }))).toBe("Ada");
  expect(shown(hydrated([5, { contexts: 5 }, good]))).toBe("Ada");
});

const OPS = ["write", "render", "deliver", "call", "run", "answer", "watch", "leave"] as const;

test("whatever comes in whatever order, nothing goes backwards, and own effects are seen", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...OPS), { minLength: 10, maxLength: 50 }),
      fc.boolean(),
      async (ops, merges) => {
        const stage = createStage();
        const calls: Promise<unknown>[] = [];
        const chunks: unknown[] = [];
        /** Requests on their way back, with what the server answered when it ran them. */
        const answered: (readonly [Staged, object, effectOf?: number])[] = [];
        let handle: ReturnType<typeof watch> | undefined;
        let version = 1;
        let seen = 0;
        let own = 0;

        const body = (): UserData => bundle(String(version));
        const look = (): void => {
          const now = Number(shown(stage) ?? 0);
          if (now === 0) return;
          expect(now).toBeGreaterThanOrEqual(seen);
          seen = now;
        };
        const run = (): void => {
          const [asked] = stage.waiting;
          if (!asked) return;
          stage.next();
          if (asked.name === "user") {
            answered.push([asked, body()]);
            return;
          }
          version++;
          const { profile: value } = body();
          const merge = [{ context: "user", slot: "profile", params: five, value }];
          const effects = merges ? { merge } : { invalidate: ["user"] };
          answered.push([asked, { result: null, ...effects }, version]);
        };
        const answer = async (): Promise<void> => {
          const [asked, sent, effectOf = 0] = answered.shift() ?? [];
          own = Math.max(own, effectOf);
          await asked?.answer(sent);
        };
        const page: Record<(typeof OPS)[number], () => unknown> = {
          write: () => version++,
          render: () =>
            chunks.push({
              contexts: [
                { contract: "ours", key: 'user[["user_id","5"]]', data: body(), isStale: false },
              ],
            }),
          deliver: () => hydrate(stage.client, chunks.shift()),
          call: () => calls.push(mutate({}, { client: stage.client })),
          run,
          answer,
          watch: () => (handle ??= watch(stage.client, userContext, five)),
          leave: () => {
            handle?.release();
            handle = undefined;
          },
        };
        for (const op of ops) {
          await page[op]();
          await settled();
          look();
        }
        page.watch();
        await settled();
        while (stage.waiting.length > 0 || answered.length > 0) {
          run();
          await answer();
          look();
        }
        await Promise.all(calls);
        expect(handle?.getState()).toMatchObject({ isFetching: false, isStale: false });
        expect(seen).toBeGreaterThanOrEqual(own);
      },
    ),
    { numRuns: 400, seed: 20 },
  );
});
