/** One test per promise of the ordering rules, and per trap met on the way; chance is in `model.test.ts`. */
import type { InvalidateEntry, MergeEntry } from "../wire/effects.js";
import { contextOf } from "./generated.js";
import { runApart } from "../../spec/support/run-apart.js";
import {
  contract,
  createStage,
  mutate,
  settled,
  totalContext,
  userContext,
  type Stage,
  type UserData,
  type UserParams,
} from "./model/stage.js";
import type { Watch } from "./types.js";
import { observe, receive, watch } from "./watch.js";

const bundle = (name: string, ...titles: string[]): UserData => ({
  profile: { name },
  orders: titles.map((title, index) => ({ id: index + 1, title })),
});
const mergeName = (name: string, user_id = 5): MergeEntry => ({
  context: "user",
  slot: "profile",
  value: { name },
  params: { user_id },
});
const invalidating = (...invalidate: InvalidateEntry[]) => ({ result: null, invalidate });
const merging = (...merge: object[]) => ({ result: null, merge });
const nameOf = (handle: Watch<UserData>): string | undefined =>
  handle.getState().data?.profile.name;

/** A mounted instance that shows what it was first answered. */
async function mounted(
  stage: Stage,
  params: UserParams = { user_id: 5 },
  name = "Ada",
  ...titles: string[]
) {
  const handle = watch(stage.client, userContext, params);
  await settled();
  await stage.next("user").answer(bundle(name, ...titles));
  return handle;
}

/** Starts a call; what it ends with is the test's affair. */
function call(stage: Stage, options: object = {}) {
  const ended = mutate({}, { client: stage.client, ...options });
  ended.catch(() => undefined);
  return ended;
}

describe("1: reads are single-flight", () => {
  test("handles of one instance share its read, however its params are spelled", async () => {
    const stage = createStage();
    const one = watch(stage.client, userContext, { user_id: 5 });
    const two = watch(stage.client, userContext, { user_id: "05", limit: null });
    await settled();
    expect(stage.waiting).toHaveLength(1);
    await stage.next().answer(bundle("Ada"));
    expect(two.getState()).toBe(one.getState());
  });

  test("refetches during a read become one read after it", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    handle.refetch();
    await settled();
    for (let times = 0; times < 3; times++) handle.refetch();
    await settled();
    expect(stage.waiting).toHaveLength(1);
    const first = stage.next();
    expect(first.signal?.aborted).toBe(false);
    await first.answer(bundle("Bob"));
    expect(nameOf(handle)).toBe("Bob");
    await stage.next().answer(bundle("Cyd"));
    expect([nameOf(handle), stage.waiting.length]).toEqual(["Cyd", 0]);
    expect(handle.getState().isFetching).toBe(false);
  });

  test("what is wanted within one tick is one read", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    for (let times = 0; times < 3; times++) handle.refetch();
    await settled();
    expect(stage.waiting).toHaveLength(1);
    await stage.next().answer(bundle("Bob"));
    expect([nameOf(handle), stage.waiting.length]).toEqual(["Bob", 0]);
  });

  test("an overtaken read is followed at once, and later overtakings wait for the answer", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    handle.refetch();
    for (let times = 0; times < 3; times++) {
      void call(stage);
      await stage.next("mutate").answer(invalidating("user"));
    }
    // The overtaken one and its successor; the second and third overtaking started none.
    expect(stage.waiting).toHaveLength(2);
    await stage.next().answer(bundle("overtaken"));
    expect(nameOf(handle)).toBe("Ada");
    await stage.next().answer(bundle("overtaken too"));
    await stage.next().answer(bundle("Bob"));
    expect([nameOf(handle), stage.waiting.length]).toEqual(["Bob", 0]);
  });

  test("one overtaken read is left running at most, and none is in the way of later ones", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const effect = async (): Promise<void> => {
      void call(stage);
      await stage.next("mutate").answer(invalidating("user"));
    };
    handle.refetch();
    await effect();
    const left = stage.next("user");
    await stage.next("user").answer(bundle("Bob"));
    handle.refetch();
    await effect();
    // The first still runs, so that its successor's successor has to wait.
    expect(stage.waiting).toHaveLength(1);
    await left.answer(bundle("overtaken"));
    await effect();
    expect(stage.waiting).toHaveLength(2);
    await stage.next("user").answer(bundle("overtaken, too"));
    await stage.next("user").answer(bundle("Dan"));
    expect([nameOf(handle), stage.waiting.length]).toEqual(["Dan", 0]);
  });

  test("the second overtaking in a row starts no read, also where the first has ended", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    handle.refetch();
    for (let times = 0; times < 2; times++) {
      void call(stage);
      await stage.next("mutate").answer(invalidating("user"));
      // The overtaken one ends; its successor is the one read under way.
      if (!times) await stage.next("user").answer(bundle("overtaken"));
    }
    expect(stage.waiting).toHaveLength(1);
    expect(nameOf(handle)).toBe("Ada");
  });

  test("a read that fails when another is wanted is asked again, without an error between", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const shown: string[] = [];
    handle.subscribe(() => void shown.push(handle.getState().status));
    handle.refetch();
    await settled();
    handle.refetch();
    await stage.next().fail();
    await stage.next().answer(bundle("Bob"));
    expect(nameOf(handle)).toBe("Bob");
    expect(new Set(shown)).toEqual(new Set(["success"]));
  });
});

describe("2: a read that began before an effect is asked again", () => {
  test("its answer is shown only where nothing was, and stays stale", async () => {
    const stage = createStage();
    const handle = watch(stage.client, userContext, { user_id: 5 });
    for (let times = 0; times < 2; times++) {
      void call(stage);
      await stage.next("mutate").answer(invalidating("user"));
    }
    await stage.next().answer(bundle("overtaken, dropped"));
    expect(handle.getState().data).toBeNull();
    await stage.next().answer(bundle("overtaken, but the first"));
    expect(handle.getState()).toMatchObject({ status: "success", isStale: true, isFetching: true });
    await stage.next().answer(bundle("Bob"));
    expect(nameOf(handle)).toBe("Bob");
    expect(handle.getState()).toMatchObject({ isStale: false, isFetching: false });
  });

  test("after two overtakings an answer is shown, but not where a merge is newer", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    handle.refetch();
    void call(stage);
    await stage.next("mutate").answer(invalidating("user"));
    void call(stage);
    await stage.next("mutate").answer(merging(mergeName("merged")));
    await stage.next("user").answer(bundle("dropped"));
    await stage.next("user").answer(bundle("older than the merge", "tea"));
    expect(handle.getState().data).toEqual(bundle("merged", "tea"));
    expect(handle.getState().isStale).toBe(true);
  });
});

describe("3: a merge is applied only if nothing newer can be shown", () => {
  test("alone it needs no read", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage);
    await stage.next().answer(merging(mergeName("Bob")));
    expect([nameOf(handle), stage.waiting.length]).toEqual(["Bob", 0]);
    expect(handle.getState().isStale).toBe(false);
  });

  test("a read accepted since the call began refuses it", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage);
    handle.refetch();
    await settled();
    await stage.next("user").answer(bundle("newer"));
    await stage.next("mutate").answer(merging(mergeName("older")));
    expect(nameOf(handle)).toBe("newer");
    await stage.next("user").answer(bundle("newest"));
    expect(nameOf(handle)).toBe("newest");
  });

  test("another call's effect refuses it, even one that was refused itself", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    for (const _ of "abc") void call(stage);
    const [first, second, third] = [stage.next(), stage.next(), stage.next()];
    await third.answer(merging(mergeName("third")));
    await second.answer(merging(mergeName("second")));
    await first.answer(merging(mergeName("first")));
    expect(nameOf(handle)).toBe("third");
    expect(handle.getState()).toMatchObject({ isStale: true, isFetching: true });
  });

  test("the clock is the client's: a collected instance does not forget what came before", async () => {
    const stage = createStage({ gcMs: 0 });
    const handle = await mounted(stage);
    void call(stage);
    const slow = stage.next();
    handle.release();
    await settled();
    const again = await mounted(stage, { user_id: 5 }, "newer");
    await slow.answer(merging(mergeName("older")));
    expect(nameOf(again)).toBe("newer");
    expect(again.getState().isFetching).toBe(true);
  });
});

describe("4: one answer is one step", () => {
  test("all merges, one notification, then the refetches", async () => {
    const stage = createStage();
    const five = await mounted(stage, { user_id: 5 });
    const six = await mounted(stage, { user_id: 6 });
    const seen: unknown[] = [];
    const look = () =>
      seen.push([nameOf(five), nameOf(six), six.getState().isStale, stage.waiting.length]);
    five.subscribe(look);
    six.subscribe(look);
    void call(stage);
    await stage.next().answer({
      result: null,
      merge: [mergeName("Bob", 5), mergeName("Cyd", 6)],
      invalidate: [{ context: "user", params: { user_id: 6 } }],
    });
    expect(seen).toEqual([
      ["Bob", "Cyd", true, 0],
      ["Bob", "Cyd", true, 0],
    ]);
    expect(stage.waiting.map(({ input }) => input)).toEqual([{ user_id: 6 }]);
  });

  test("effects stand before the caller goes on", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const shown = call(stage).then(() => nameOf(handle));
    await stage.next().answer(merging(mergeName("Bob")));
    expect(await shown).toBe("Bob");
  });

  test("listeners that release and reset disturb no other", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const other = watch(stage.client, userContext, { user_id: 5 });
    const seen: unknown[] = [];
    handle.subscribe(() => other.release());
    handle.subscribe(() => {
      if (nameOf(handle) === "Bob") stage.client.reset();
    });
    handle.subscribe(() => seen.push(nameOf(handle)));
    void call(stage);
    await stage.next().answer(merging(mergeName("Bob")));
    // The reset is a step of its own, within the first.
    expect(seen).toEqual([undefined, undefined]);
    await stage.next().answer(bundle("Cyd"));
    expect(nameOf(handle)).toBe("Cyd");
  });

  test("a listener that throws disturbs no other, and is reported as an unhandled rejection", () => {
    const printed = runApart(`
      import { createStage, settled, totalContext } from "./model/stage.js";
      import { watch } from "./watch.js";
      const stage = createStage();
      const handle = watch(stage.client, totalContext);
      handle.subscribe(() => { throw new Error("mine"); });
      handle.subscribe(() => console.log("called", handle.getState().data));
      process.on("unhandledRejection", ({ message }) => console.log("reported", message));
      await settled();
      await stage.next().answer({ count: { result: 1 } });`);
    expect(printed).toEqual(["called { count: 1 }", "reported mine"]);
  });
});

describe("5: what one answer made stale becomes fresh together", () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask"] }));
  afterEach(() => jest.useRealTimers());

  async function two(stage: Stage) {
    const five = await mounted(stage, { user_id: 5 });
    const six = await mounted(stage, { user_id: 6 });
    const names = () => [nameOf(five), nameOf(six)];
    return { five, six, names };
  }
  async function invalidateUsers(stage: Stage) {
    void call(stage);
    await stage.next("mutate").answer(invalidating("user"));
  }

  test("answers wait for each other and appear in one step", async () => {
    const stage = createStage();
    const { five, six, names } = await two(stage);
    await invalidateUsers(stage);
    const seen: unknown[] = [];
    five.subscribe(() => seen.push(names()));
    await stage.next().answer(bundle("Bob"));
    expect(names()).toEqual(["Ada", "Ada"]);
    expect(five.getState().isFetching).toBe(true);
    await stage.next().answer(bundle("Cyd"));
    expect(seen).toEqual([["Bob", "Cyd"]]);
    expect(six.getState()).toMatchObject({ isFetching: false, isStale: false });
    jest.runAllTimers();
    expect(seen).toHaveLength(1);
  });

  test("but not longer than a second after the first; the rest comes as it comes", async () => {
    const stage = createStage();
    const { names } = await two(stage);
    await invalidateUsers(stage);
    await stage.next().answer(bundle("Bob"));
    jest.advanceTimersByTime(999);
    expect(names()).toEqual(["Ada", "Ada"]);
    jest.advanceTimersByTime(1);
    expect(names()).toEqual(["Bob", "Ada"]);
    await stage.next().answer(bundle("Cyd"));
    expect(names()).toEqual(["Bob", "Cyd"]);
  });

  test("an effect drops an answer that waits, and batches join with the earlier end", async () => {
    const stage = createStage();
    const { names } = await two(stage);
    await invalidateUsers(stage);
    await stage.next().answer(bundle("dropped"));
    jest.advanceTimersByTime(600);
    void call(stage);
    await stage.next("mutate").answer(invalidating({ context: "user", params: { user_id: 5 } }));
    const [six, five] = [stage.next(), stage.next()];
    await five.answer(bundle("Bob"));
    expect(names()).toEqual(["Ada", "Ada"]);
    jest.advanceTimersByTime(400);
    expect(names()).toEqual(["Bob", "Ada"]);
    await six.answer(bundle("Cyd"));
    expect(names()).toEqual(["Bob", "Cyd"]);
  });

  test("what joins a batch that waits is shown at its end, and gets no second of its own", async () => {
    const stage = createStage();
    const { names } = await two(stage);
    const total = watch(stage.client, totalContext);
    await settled();
    await stage.next("total").answer({ count: { result: 1 } });
    await invalidateUsers(stage);
    await stage.next().answer(bundle("Bob"));
    jest.advanceTimersByTime(600);
    void call(stage);
    const six = { context: "user", params: { user_id: 6 } };
    await stage.next("mutate").answer(invalidating("total", six));
    await stage.next("total").answer({ count: { result: 2 } });
    jest.advanceTimersByTime(399);
    expect([...names(), total.getState().data?.count]).toEqual(["Ada", "Ada", 1]);
    jest.advanceTimersByTime(1);
    expect([...names(), total.getState().data?.count]).toEqual(["Bob", "Ada", 2]);
  });

  test("a released member leaves and sets the others free", async () => {
    const stage = createStage();
    const { six, names } = await two(stage);
    await invalidateUsers(stage);
    await stage.next().answer(bundle("Bob"));
    six.release();
    await settled();
    expect(names()[0]).toBe("Bob");
    expect(stage.next().signal?.aborted).toBe(true);
  });

  test("a failure is shown with the others, as an error beside the old data", async () => {
    const stage = createStage();
    const { five, six } = await two(stage);
    await invalidateUsers(stage);
    await stage.next().answer({ error: true, code: "FORBIDDEN" }, 403);
    expect(five.getState().status).toBe("success");
    await stage.next().answer(bundle("Cyd"));
    expect(five.getState()).toMatchObject({
      status: "error",
      data: bundle("Ada"),
      error: { code: "FORBIDDEN" },
    });
    expect(nameOf(six)).toBe("Cyd");
  });

  test("nobody waits for a first load", async () => {
    const stage = createStage();
    const five = await mounted(stage, { user_id: 5 });
    const six = watch(stage.client, userContext, { user_id: 6 });
    await invalidateUsers(stage);
    const [, first, second] = [stage.next(), stage.next(), stage.next()];
    const of = (id: number) => [first, second].find(({ input }) => input.user_id === id);
    await of(5)?.answer(bundle("Bob"));
    expect(nameOf(five)).toBe("Bob");
    expect(six.getState().status).toBe("loading");
  });
});

describe("6: a lost answer counts as an effect on everything", () => {
  test.each<[string, (stage: Stage) => Promise<void>, boolean]>([
    ["no answer", (stage) => stage.next("mutate").fail(), true],
    [
      "500",
      (stage) => stage.next("mutate").answer({ error: true, code: "INTERNAL_ERROR" }, 500),
      true,
    ],
    ["a gateway's page", (stage) => stage.next("mutate").answer(undefined, 504), true],
    ["an unreadable 200", (stage) => stage.next("mutate").answer(undefined, 200), true],
    [
      "an error inside 200",
      (stage) => stage.next("mutate").answer({ error: true, code: "ODD" }, 200),
      true,
    ],
    [
      "a stub",
      (stage) => stage.next("mutate").answer({ error: true, code: "NOT_IMPLEMENTED" }, 501),
      false,
    ],
    ["a page that says 501", (stage) => stage.next("mutate").answer(undefined, 501), false],
    [
      "a declared 503",
      (stage) => stage.next("mutate").answer({ error: true, code: "CLOSED" }, 503),
      false,
    ],
    [
      "a refusal",
      (stage) => stage.next("mutate").answer({ error: true, code: "FORBIDDEN" }, 403),
      false,
    ],
    ["a proxy's page", (stage) => stage.next("mutate").answer(undefined, 413), false],
  ])("%s", async (_, end, isLost) => {
    const stage = createStage();
    await mounted(stage);
    const cached = await mounted(stage, { user_id: 6 });
    cached.release();
    await settled();
    void call(stage);
    await end(stage);
    expect(stage.waiting.map(({ input }) => input)).toEqual(isLost ? [{ user_id: 5 }] : []);
    expect(cached.getState().isStale).toBe(isLost);
    expect(stage.events.some(({ type }) => type === "answer-lost")).toBe(isLost);
  });

  test.each(["abort", "timeout"])("after %s the effects come all the same", async (how) => {
    const controller = new AbortController();
    const stage = createStage();
    const handle = await mounted(stage);
    const ended = call(stage, how === "abort" ? { signal: controller.signal } : { timeoutMs: 5 });
    const request = stage.next();
    controller.abort();
    await expect(ended).rejects.toMatchObject(
      how === "abort"
        ? { name: "AbortError" }
        : { name: "MizanError", code: "TIMEOUT", status: 0, fn: "mutate" },
    );
    await request.answer(merging(mergeName("Bob")));
    expect(nameOf(handle)).toBe("Bob");
  });

  test("a call that was never sent has no effects", async () => {
    const { client, events } = createStage({
      transport: {
        call: async () => {
          throw new TypeError("no session");
        },
        fetch: async (_context, _params, { onSend }) => {
          onSend();
          return { status: 200, headers: new Map(), body: { count: { result: 1 } } };
        },
      },
    });
    watch(client, totalContext);
    await settled();
    await expect(mutate({}, { client })).rejects.toMatchObject({ code: "NETWORK" });
    expect(events.filter(({ type }) => type === "fetch-start")).toHaveLength(1);
  });

  test("a failed call may carry what its handler invalidated", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage);
    await stage.next().answer({ error: true, code: "LATE", invalidate: ["user"] }, 409);
    expect(handle.getState().isStale).toBe(true);
    expect(stage.waiting).toHaveLength(1);
  });
});

test("7: effects of others are never merged", async () => {
  const stage = createStage();
  const handle = await mounted(stage);
  receive(stage.client, { merge: [mergeName("Bob")] });
  expect([nameOf(handle), handle.getState().isStale]).toEqual(["Ada", true]);
  await settled();
  await stage.next().answer(bundle("Bob"));
  expect(nameOf(handle)).toBe("Bob");
});

describe("which instances an effect reaches", () => {
  test.each<[string, InvalidateEntry, boolean]>([
    ["the bare name", "user", true],
    ["equal words", { context: "user", params: { user_id: "5" } }, true],
    ["another value", { context: "user", params: { user_id: 6 } }, false],
    ["null for what is absent", { context: "user", params: { user_id: 5, limit: null } }, true],
    ["a value for what is absent and nullable", { context: "user", params: { limit: 3 } }, false],
    ["a param nobody knows", { context: "user", params: { tenant: 1 } }, true],
    ["a function of the context", { function: "orders" }, true],
    ["a function of another", { function: "count" }, false],
    ["a context nobody knows", "nobody", false],
  ])("%s", async (_, entry, isReached) => {
    const stage = createStage();
    await mounted(stage);
    void call(stage);
    await stage.next().answer(invalidating(entry));
    expect(stage.waiting).toHaveLength(isReached ? 1 : 0);
  });

  test("function entries and unknown slots reach instances on their first load", async () => {
    for (const effects of [
      { invalidate: [{ function: "profile" }] },
      { merge: [{ context: "user", slot: "unknown", value: 1 }] },
    ]) {
      const stage = createStage();
      const handle = watch(stage.client, userContext, { user_id: 5 });
      void call(stage);
      await stage.next("mutate").answer({ result: null, ...effects });
      await stage.next().answer(bundle("overtaken"));
      await stage.next().answer(bundle("Bob"));
      expect([nameOf(handle), handle.getState().isStale]).toEqual(["Bob", false]);
    }
  });

  test.each<[string, UserParams, object, unknown]>([
    ["a list whose other params are absent", { user_id: 5 }, {}, ["tea", "cup"]],
    ["a list that is narrower", { user_id: 5, limit: 1 }, {}, "asked again"],
    ["a slot nobody knows", { user_id: 5 }, { slot: "unknown" }, "asked again"],
    ["an unknown op", { user_id: 5 }, { op: "increment" }, "asked again"],
    ["no list into a list", { user_id: 5 }, { value: 5 }, "asked again"],
    ["params too few", { user_id: 5 }, { params: {} }, "asked again"],
    ["a param nobody knows", { user_id: 5 }, { params: { user_id: 5, tenant: 1 } }, "asked again"],
  ])("a merge into %s", async (_, params, change, expected) => {
    const stage = createStage();
    const handle = await mounted(stage, params, "Ada", "tea");
    void call(stage);
    const entry = {
      ...{ context: "user", slot: "orders", op: "upsert", key: "id", params: { user_id: 5 } },
      ...{ value: { id: 2, title: "cup" } },
      ...change,
    } as const;
    await stage.next().answer(merging(entry));
    const titles = handle.getState().data?.orders.map(({ title }) => title);
    expect(stage.waiting.length ? "asked again" : titles).toEqual(expected);
  });

  test("a slot that takes nothing is reached by the name of its function, too", async () => {
    const context = contextOf(contract)<object, { readonly now: number }>("clock", { now: "" });
    const stage = createStage();
    const handle = watch(stage.client, context);
    await settled();
    await stage.next().answer({ now: 1 });
    void call(stage);
    await stage.next().answer(invalidating({ function: "now" }));
    expect(stage.waiting.map(({ name }) => name)).toEqual(["clock"]);
    expect(handle.getState().isStale).toBe(true);
  });

  test("a boxed slot is merged out of its box", async () => {
    const stage = createStage();
    const handle = watch(stage.client, totalContext);
    await settled();
    await stage.next().answer({ count: { result: 1 } });
    void call(stage);
    await stage.next().answer(merging({ context: "total", slot: "count", value: { result: 2 } }));
    expect(handle.getState().data).toEqual({ count: 2 });
    void call(stage);
    await stage.next().answer(merging({ context: "total", slot: "count", value: 3 }));
    expect(handle.getState()).toMatchObject({ data: { count: 2 }, isStale: true });
  });

  test("a param left to its default agrees with any value, but its merge cannot be exact", async () => {
    const context = contextOf(contract)<{ page?: number }, { list: readonly unknown[] }>("pages", {
      list: "page:integer=",
    });
    const stage = createStage();
    const handle = watch(stage.client, context, {});
    await settled();
    await stage.next().answer({ list: [] });
    void call(stage);
    await stage
      .next("mutate")
      .answer(merging({ context: "pages", slot: "list", value: [1], params: { page: 1 } }));
    expect(handle.getState()).toMatchObject({ data: { list: [] }, isStale: true });
  });
});

describe("instances", () => {
  test("what did not change keeps its identity, however deep", async () => {
    const stage = createStage();
    const handle = await mounted(stage, { user_id: 5 }, "Ada", "tea", "cup");
    const before = handle.getState().data;
    handle.refetch();
    await settled();
    await stage.next().answer(bundle("Bob", "tea", "pot"));
    const after = handle.getState().data;
    expect(after?.profile).not.toBe(before?.profile);
    expect(after?.orders[0]).toBe(before?.orders[0]);
    handle.refetch();
    await settled();
    await stage.next().answer(bundle("Bob", "tea", "pot"));
    expect(handle.getState().data).toBe(after);
  });

  test("names that objects inherit are data", async () => {
    const slots = Object.fromEntries([
      ["__proto__", "constructor:integer"],
      ["constructor", "constructor:integer"],
    ]);
    const context = contextOf(contract)<{ constructor?: unknown }, Record<string, unknown>>(
      "odd",
      slots,
    );
    const stage = createStage();
    const handle = watch(stage.client, context, {});
    await settled();
    expect(stage.waiting[0]?.input).toEqual({});
    await stage.next().answer(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}'));
    expect(Object.entries(handle.getState().data ?? {})).toEqual([
      ["__proto__", { polluted: 1 }],
      ["constructor", 2],
    ]);
    void call(stage);
    await stage.next().answer(merging({ context: "odd", slot: "toString", value: 1 }));
    expect(handle.getState().isStale).toBe(true);
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  test("nobody watching: marked stale by effects, refetched when watched again", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    handle.release();
    await settled();
    void call(stage);
    await stage.next().answer(invalidating("user"));
    expect([handle.getState().isStale, stage.waiting.length]).toEqual([true, 0]);
    handle.retain();
    await settled();
    expect(stage.waiting).toHaveLength(1);
    expect(nameOf(handle)).toBe("Ada");
  });

  test("kept for gcMs after the last watcher, then gone", async () => {
    const now = jest.spyOn(Date, "now").mockReturnValue(1000);
    const stage = createStage({ gcMs: 500 });
    const handle = await mounted(stage);
    handle.release();
    now.mockReturnValue(1499);
    watch(stage.client, totalContext);
    expect(nameOf(handle)).toBe("Ada");
    now.mockReturnValue(1500);
    watch(stage.client, totalContext);
    expect(handle.getState().status).toBe("idle");
    now.mockRestore();
  });

  test("and not for longer where it is looked at before all others are", async () => {
    const now = jest.spyOn(Date, "now").mockReturnValue(800);
    const stage = createStage({ gcMs: 500 });
    const handle = await mounted(stage);
    now.mockReturnValue(1000);
    handle.release();
    // All are looked at now, and in 500 ms again.
    now.mockReturnValue(1300);
    watch(stage.client, totalContext);
    expect(nameOf(handle)).toBe("Ada");
    now.mockReturnValue(1500);
    handle.retain();
    expect(handle.getState()).toMatchObject({ status: "loading", data: null });
    now.mockRestore();
  });

  test("released and mounted again in one tick, its read goes on; later it is aborted", async () => {
    const stage = createStage();
    const handle = watch(stage.client, userContext, { user_id: 5 });
    await settled();
    const request = stage.next();
    handle.release();
    handle.retain();
    await settled();
    expect(request.signal?.aborted).toBe(false);
    handle.release();
    handle.release();
    await settled();
    expect(request.signal?.aborted).toBe(true);
    expect(handle.getState()).toMatchObject({ status: "idle", isFetching: false });
    await request.answer(bundle("too late"));
    expect(handle.getState().data).toBeNull();
  });

  test("observing changes nothing until it is retained", async () => {
    const stage = createStage();
    const handle = observe(stage.client, userContext, { user_id: 5 });
    expect(handle.getState().status).toBe("idle");
    expect(stage.waiting).toHaveLength(0);
    const seen: string[] = [];
    const stop = handle.subscribe(() => seen.push(handle.getState().status));
    handle.retain();
    await settled();
    await stage.next().answer(bundle("Ada"));
    stop();
    handle.refetch();
    expect(seen).toEqual(["loading", "success"]);
  });

  test("a failed refetch keeps the data beside the error, and mounting tries again", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    handle.refetch();
    await settled();
    await stage.next().fail();
    expect(handle.getState()).toMatchObject({
      status: "error",
      data: bundle("Ada"),
      error: { code: "NETWORK", context: "user" },
      isFetching: false,
    });
    watch(stage.client, userContext, { user_id: 5 });
    await settled();
    await stage.next().answer(bundle("Bob"));
    expect(handle.getState()).toMatchObject({ status: "success", error: null });
  });
});

describe("a context whose bundle shared caches keep", () => {
  const context = contextOf(contract)<
    Readonly<Record<string, never>>,
    { readonly names: string[] }
  >("people", { names: "" }, "public");
  const asked = (stage: Stage) => stage.waiting.map(({ name, input }) => [name, input]);

  test("is asked for past them once an effect reached it, and no other is", async () => {
    const stage = createStage();
    const handle = watch(stage.client, context);
    const other = await mounted(stage);
    expect(asked(stage)).toEqual([["people", {}]]);
    await stage.next("people").answer({ names: ["Ada"] });
    handle.refetch();
    await settled();
    expect(asked(stage)).toEqual([["people", {}]]);
    await stage.next("people").answer({ names: ["Ada"] });
    void call(stage);
    await stage.next("mutate").answer(invalidating("people", "user"));
    expect(asked(stage)).toEqual([
      ["people", { _: expect.any(Number) }],
      ["user", { user_id: 5 }],
    ]);
    await stage.next("user").answer(bundle("Bob"));
    const first = stage.next("people");
    await first.answer({ names: ["Bob"] });
    expect([handle.getState().data, nameOf(other)]).toEqual([{ names: ["Bob"] }, "Bob"]);
    // The old copy may be there for long, and what is shown must not go back to it.
    handle.refetch();
    await settled();
    expect(asked(stage)).toEqual([["people", { _: expect.any(Number) }]]);
    expect(stage.next("people").input).not.toEqual(first.input);
  });

  test("so is one that was merged into, or became stale while nobody watched", async () => {
    const stage = createStage();
    const handle = watch(stage.client, context);
    await settled();
    await stage.next("people").answer({ names: ["Ada"] });
    void call(stage);
    await stage
      .next("mutate")
      .answer(merging({ context: "people", slot: "names", value: ["Bob"] }));
    expect(handle.getState().data).toEqual({ names: ["Bob"] });
    expect(asked(stage)).toEqual([]);
    handle.release();
    await settled();
    void call(stage);
    await stage.next("mutate").answer(invalidating("people"));
    handle.retain();
    await settled();
    expect(asked(stage)).toEqual([["people", { _: expect.any(Number) }]]);
  });
});

describe("identity", () => {
  test("reset drops all data and the answers under way, and asks anew for what is mounted", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const cached = await mounted(stage, { user_id: 6 });
    cached.release();
    await settled();
    handle.refetch();
    await settled();
    const old = stage.next();
    stage.client.reset();
    expect(handle.getState()).toMatchObject({ status: "loading", data: null });
    expect(cached.getState().status).toBe("idle");
    expect(old.signal?.aborted).toBe(true);
    await old.answer(bundle("the last user"));
    expect(handle.getState().data).toBeNull();
    await stage.next().answer(bundle("the new one"));
    expect(nameOf(handle)).toBe("the new one");
  });

  test("a call of the last user merges into nothing", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage);
    const old = stage.next();
    stage.client.reset();
    await settled();
    await stage.next().answer(bundle("the new one"));
    await old.answer(merging(mergeName("the last user")));
    expect(nameOf(handle)).toBe("the new one");
  });

  test("an answer that says so resets, and its caller still gets it", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const ended = call(stage);
    await stage.next().answer({ result: "signed in", invalidate: ["user"] }, 200, {
      "X-Mizan-Identity": "changed",
    });
    expect(await ended).toBe("signed in");
    expect(handle.getState().data).toBeNull();
    expect(stage.waiting).toHaveLength(1);
  });

  test("what was under way when an answer says so is shown to nobody", async () => {
    const stage = createStage();
    const five = await mounted(stage, { user_id: 5 });
    const six = await mounted(stage, { user_id: 6 });
    void call(stage);
    await stage.next("mutate").answer(invalidating("user"));
    // One answer waits for the other, and another call has not been answered yet.
    await stage.next("user").answer(bundle("held, of the last user"));
    const late = stage.next("user");
    void call(stage);
    const old = stage.next("mutate");
    const seen: unknown[] = [];
    for (const handle of [five, six]) handle.subscribe(() => seen.push(nameOf(handle)));

    void call(stage);
    await stage.next("mutate").answer({ result: null }, 200, { "X-Mizan-Identity": "changed" });
    expect(late.signal?.aborted).toBe(true);
    await late.answer(bundle("late, of the last user"));
    await old.answer(merging(mergeName("merged, of the last user")));
    expect(new Set(seen)).toEqual(new Set([undefined]));

    while (stage.waiting.length) await stage.next("user").answer(bundle("the new one"));
    expect([nameOf(five), nameOf(six)]).toEqual(["the new one", "the new one"]);
    expect(new Set(seen)).toEqual(new Set([undefined, "the new one"]));
  });

  test("a refusal that says so counts as well", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage);
    const refusal = { error: true, code: "UNAUTHORIZED" };
    await stage.next().answer(refusal, 401, { "X-Mizan-Identity": "changed" });
    expect(handle.getState()).toMatchObject({ status: "loading", data: null });
  });
});

test("events say what happened, and why", async () => {
  const stage = createStage();
  await mounted(stage);
  void call(stage);
  await stage.next().answer(invalidating("user"));
  await stage.next().answer(bundle("Bob"));
  const told = stage.events.map((event) =>
    "cause" in event && event.cause ? `${event.type} by ${event.cause.type}` : event.type,
  );
  expect(told).toEqual([
    "mount",
    "fetch-start by mount",
    "fetch-done by mount",
    "call-start",
    "call-done",
    "invalidate by call",
    "fetch-start by call",
    "fetch-done by call",
  ]);
});

describe("effects that cannot be read count as reaching everything", () => {
  test.each<[string, object]>([
    ["no list", { invalidate: 5 }],
    ["a word", { invalidate: "user" }],
    ["null as an entry", { merge: [null] }],
    ["an empty entry", { invalidate: [{}] }],
    ["a function without a name", { invalidate: [{ function: 5 }] }],
    ["an object", { merge: { context: "user" } }],
  ])("%s", async (_, effects) => {
    const stage = createStage();
    const handle = await mounted(stage);
    const ended = call(stage);
    await stage.next().answer({ result: 1, ...effects });
    expect(await ended).toBe(1);
    expect(handle.getState().isStale).toBe(true);
    await stage.next().answer(bundle("Bob"));
    expect([nameOf(handle), stage.waiting.length]).toEqual(["Bob", 0]);
  });

  test.each<[string, object]>([
    ["absent", {}],
    ["empty", { invalidate: [], merge: [] }],
    ["null", { invalidate: null, merge: null }],
  ])("but %s ones are none", async (_, effects) => {
    const stage = createStage();
    await mounted(stage);
    void call(stage);
    await stage.next().answer({ result: 1, ...effects });
    expect(stage.waiting).toHaveLength(0);
  });
});
