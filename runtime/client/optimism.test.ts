/** What calls are expected to change is shown at once, over whatever the server says, and never too long. */
import type { InvalidateEntry, MergeEntry } from "../wire/effects.js";
import { functionOf } from "./call.js";
import type { ClientEvent } from "./events.js";
import { dehydrate } from "./hydrate.js";
import { runApart } from "../../spec/support/run-apart.js";
import {
  contract,
  createStage,
  settled,
  totalContext,
  userContext,
  type Stage,
  type UserData,
  type UserParams,
} from "./model/stage.js";
import type { Draft } from "./optimism.js";
import type { Transport } from "./transport.js";
import type { Watch } from "./types.js";
import { watch } from "./watch.js";

/** As data is generated: free to be written into. */
interface UserDraft {
  profile: { name: string };
  orders: { id: number; title: string }[];
}
interface Drafts {
  readonly user: Draft<UserParams, UserDraft>;
  readonly total: Draft<Readonly<Record<string, never>>, { count: number }>;
}

const rename = functionOf(contract)<object, unknown, never, Drafts>("rename");

const named = (name: string, ...titles: string[]): UserData => ({
  profile: { name },
  orders: titles.map((title, index) => ({ id: index + 1, title })),
});
const merging = (name: string, user_id = 5): { result: null; merge: MergeEntry[] } => ({
  result: null,
  merge: [{ context: "user", slot: "profile", value: { name }, params: { user_id } }],
});
const invalidating = (...invalidate: InvalidateEntry[]) => ({ result: null, invalidate });
const nameOf = (handle: Watch<UserData>): string | undefined =>
  handle.getState().data?.profile.name;

async function mounted(stage: Stage, user_id = 5, name = "Ada", ...titles: string[]) {
  const handle = watch(stage.client, userContext, { user_id });
  await settled();
  await stage.next("user").answer(named(name, ...titles));
  return handle;
}

function call(stage: Stage, optimistic: (draft: Drafts) => void, options: object = {}) {
  const ended = rename({}, { client: stage.client, optimistic, ...options });
  ended.catch(() => undefined);
  return ended;
}

const expecting =
  (name: string, user_id = 5) =>
  (draft: Drafts): void =>
    draft.user({ user_id }, (user) => {
      user.profile.name = name;
    });

/** Every name that a handle shows, one after the other. */
function shown(handle: Watch<UserData>): (string | undefined)[] {
  const names = [nameOf(handle)];
  handle.subscribe(() => {
    if (nameOf(handle) !== names.at(-1)) names.push(nameOf(handle));
  });
  return names;
}

describe("shown", () => {
  test("at once, before anything is sent, in one step, where params agree", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const other = await mounted(stage, 6, "Bob");
    let steps = 0;
    handle.subscribe(() => steps++);
    void call(stage, (draft) => {
      expecting("Cyd")(draft);
      draft.user({ user_id: 5 }, ({ orders }) => void orders.push({ id: 1, title: "new" }));
    });
    expect(handle.getState().data).toEqual({
      profile: { name: "Cyd" },
      orders: [{ id: 1, title: "new" }],
    });
    expect([nameOf(other), steps]).toEqual(["Bob", 1]);
  });

  test("of a draft without params, on every instance; parts that do not change keep their identity", async () => {
    const stage = createStage();
    const handles = [await mounted(stage, 5, "Ada", "tea"), await mounted(stage, 6, "Bob")];
    const before = handles.map((handle) => handle.getState().data?.orders);
    void call(stage, (draft) => draft.user({}, ({ profile }) => void (profile.name = "Cyd")));
    expect(handles.map(nameOf)).toEqual(["Cyd", "Cyd"]);
    handles.forEach((handle, index) => expect(handle.getState().data?.orders).toBe(before[index]));
  });

  test("over what the server says meanwhile, and over a first load that comes later", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const late = watch(stage.client, userContext, { user_id: 6 });
    void call(stage, (draft) =>
      draft.user({}, ({ profile }) => void (profile.name = `${profile.name}!`)),
    );
    handle.refetch();
    await settled();
    await stage.next("user").answer(named("Bob"));
    expect([nameOf(late), late.getState().status]).toEqual(["Bob!", "success"]);
    await stage.next("user").answer(named("Cyd"));
    expect(nameOf(handle)).toBe("Cyd!");
  });

  test("in the order of the calls, whichever is answered first", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage, expecting("first"));
    void call(stage, expecting("second"));
    const names = shown(handle);
    const [first] = [stage.next("rename")];
    await first.answer(invalidating("user"));
    // Its effect is not shown before it is read, and stays below the other.
    await stage.next("rename").answer(invalidating("user"));
    while (stage.waiting.length) await stage.next("user").answer(named("second"));
    expect(names).toEqual(["second"]);
    expect(handle.getState()).toMatchObject({ isStale: false, isFetching: false });
  });
});

describe("dropped", () => {
  test("in the step in which the call's merge is applied", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage, expecting("Cyd"));
    const names = shown(handle);
    await stage.next("rename").answer(merging("Cyd Corrected"));
    expect(names).toEqual(["Cyd", "Cyd Corrected"]);
  });

  test("and nobody renders if the server says what was expected", async () => {
    const stage = createStage();
    const handle = await mounted(stage, 5, "Ada", "tea");
    void call(stage, expecting("Cyd"));
    const before = handle.getState().data;
    await stage.next("rename").answer(merging("Cyd"));
    expect(handle.getState().data?.profile).toBe(before?.profile);
    expect(handle.getState().data?.orders).toBe(before?.orders);
  });

  test("when the read that the call caused is shown, not before", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage, expecting("Cyd"));
    const names = shown(handle);
    await stage.next("rename").answer(invalidating("user"));
    expect(nameOf(handle)).toBe("Cyd");
    await stage.next("user").answer(named("Cyd from the server"));
    expect(names).toEqual(["Cyd", "Cyd from the server"]);
  });

  test("not by an answer that was sent before the effect", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    handle.refetch();
    await settled();
    void call(stage, expecting("Cyd"));
    const names = shown(handle);
    await stage.next("rename").answer(invalidating("user"));
    await stage.next("user").answer(named("Ada, before the call"));
    await stage.next("user").answer(named("Cyd from the server"));
    expect(names).toEqual(["Cyd", "Cyd from the server"]);
  });

  test("with the batch that shows it", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const other = await mounted(stage, 6, "Bob");
    void call(stage, expecting("Cyd"));
    const names = shown(handle);
    await stage.next("rename").answer(invalidating("user"));
    await stage.next("user").answer(named("Cyd from the server"));
    expect(names).toEqual(["Cyd"]);
    await stage.next("user").answer(named("Bob"));
    expect(names).toEqual(["Cyd", "Cyd from the server"]);
    expect(nameOf(other)).toBe("Bob");
  });

  test("when that read fails, beside its error", async () => {
    const stage = createStage({ retry: 0 });
    const handle = await mounted(stage);
    void call(stage, expecting("Cyd"));
    await stage.next("rename").answer(invalidating("user"));
    await stage.next("user").fail();
    expect(nameOf(handle)).toBe("Ada");
    expect(handle.getState().status).toBe("error");
  });

  test("at once where the call has no effect", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage, expecting("Cyd"));
    await stage.next("rename").answer(invalidating("total"));
    expect(nameOf(handle)).toBe("Ada");
  });

  test.each([
    ["a declared error", 409, { error: true, code: "NOT_NOW" }],
    ["an error with effects", 409, { error: true, code: "NOT_NOW", invalidate: ["user"] }],
    ["an error that says nothing", 500, { error: true, code: "INTERNAL_ERROR" }],
    ["an answer that nobody can read", 200, undefined],
  ])("at once after %s", async (_, status, body) => {
    const stage = createStage();
    const handle = await mounted(stage);
    const ended = call(stage, expecting("Cyd"));
    await stage.next("rename").answer(body, status);
    await expect(ended).rejects.toMatchObject({ name: "MizanError" });
    expect(nameOf(handle)).toBe("Ada");
  });

  test("when the call was never sent, and when its answer was lost", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const aborted = new AbortController();
    aborted.abort();
    await expect(call(stage, expecting("Cyd"), { signal: aborted.signal })).rejects.toHaveProperty(
      "name",
      "AbortError",
    );
    expect(nameOf(handle)).toBe("Ada");
    void call(stage, expecting("Cyd"));
    await stage.next("rename").fail();
    expect(nameOf(handle)).toBe("Ada");
  });

  test("when the call was given up before it was sent, and is not sent later", async () => {
    const stage = createStage();
    const transport: Transport = {
      fetch: async () => ({ status: 200, body: { ...named("Ada") } }),
      // It waits for something, a token say, and finds out that nobody wants it any more.
      call: async (_fn, _args, { onSend }) => {
        await token;
        onSend();
        sent = true;
        return { status: 200, body: { result: null } };
      },
    };
    let bring = (): void => {};
    let sent = false;
    const token = new Promise<void>((resolve) => {
      bring = resolve;
    });
    const { client } = createStage({ transport });
    const handle = watch(client, userContext, { user_id: 5 });
    await settled();
    const controller = new AbortController();
    const ended = call({ ...stage, client }, expecting("Cyd"), { signal: controller.signal });
    expect(nameOf(handle)).toBe("Cyd");
    controller.abort();
    await expect(ended).rejects.toHaveProperty("name", "AbortError");
    expect(nameOf(handle)).toBe("Ada");
    bring();
    await settled();
    expect([sent, nameOf(handle), handle.getState().isFetching]).toEqual([false, "Ada", false]);
  });

  test("not when only the caller gave up: the server may be doing it", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const controller = new AbortController();
    void call(stage, expecting("Cyd"), { signal: controller.signal });
    controller.abort();
    await settled();
    expect(nameOf(handle)).toBe("Cyd");
    await stage.next("rename").answer(merging("Cyd"));
    expect(nameOf(handle)).toBe("Cyd");
  });

  test("by a reset, with everything else", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    void call(stage, expecting("Cyd"));
    stage.client.reset();
    await settled();
    await stage.next("user").answer(named("Dan"));
    expect(nameOf(handle)).toBe("Dan");
  });

  test("of two calls, each with its own effect", async () => {
    const stage = createStage();
    const handle = await mounted(stage, 5, "Ada", "tea");
    void call(stage, expecting("Cyd"));
    void call(stage, (draft) => draft.user({ user_id: 5 }, ({ orders }) => void orders.pop()));
    await stage.next("rename").answer(merging("Cyd"));
    expect(handle.getState().data).toEqual(named("Cyd"));
    await stage.next("rename").answer({ error: true, code: "NOT_NOW" }, 409);
    expect(handle.getState().data).toEqual(named("Cyd", "tea"));
  });
});

describe("kept apart", () => {
  test("merges go into what the server said", async () => {
    const stage = createStage();
    const handle = await mounted(stage, 5, "Ada", "tea");
    void call(stage, (draft) =>
      draft.user({ user_id: 5 }, ({ orders }) => void orders.push({ id: 9, title: "guess" })),
    );
    void call(stage, () => undefined);
    const guess = stage.next("rename");
    const order = { id: 2, title: "milk" };
    await stage.next("rename").answer({
      result: null,
      merge: [
        {
          context: "user",
          slot: "orders",
          op: "upsert",
          key: "id",
          value: order,
          params: { user_id: 5 },
        },
      ],
    });
    expect(handle.getState().data?.orders.map(({ title }) => title)).toEqual([
      "tea",
      "milk",
      "guess",
    ]);
    await guess.answer({ error: true, code: "NOT_NOW" }, 409);
    expect(handle.getState().data?.orders.map(({ title }) => title)).toEqual(["tea", "milk"]);
  });

  test("and so do snapshots", async () => {
    const stage = createStage();
    await mounted(stage);
    void call(stage, expecting("Cyd"));
    expect(dehydrate(stage.client).contexts).toMatchObject([{ data: named("Ada") }]);
  });

  test("a boxed slot is written as it is shown", async () => {
    const stage = createStage();
    const handle = watch(stage.client, totalContext);
    await settled();
    await stage.next("total").answer({ count: { result: 1 } });
    void call(stage, (draft) => draft.total({}, (total) => void total.count++));
    expect(handle.getState().data?.count).toBe(2);
  });
});

describe("mistakes", () => {
  const preamble = `
    import { functionOf } from "./call.js";
    import { contract, createStage, settled, userContext } from "./model/stage.js";
    import { watch } from "./watch.js";
    process.on("unhandledRejection", ({ message }) => console.log("reported", message));
    const rename = functionOf(contract)("rename");
    const stage = createStage();
    const handle = watch(stage.client, userContext, { user_id: 5 });
    await settled();
    await stage.next().answer({ profile: { name: "Ada" }, orders: [] });
    const show = () => console.log("shown", handle.getState().data.profile.name);
    const call = (optimistic) => rename({}, { client: stage.client, optimistic });`;

  test("a draft that throws stops neither the call nor what it said before", () => {
    const printed = runApart(`${preamble}
      const ended = call((draft) => {
        draft.user({ user_id: 5 }, (user) => { user.profile.name = "Cyd"; });
        throw Error("in the draft");
      });
      show();
      await stage.next("rename").answer({ result: "done" });
      console.log(await ended);
      show();`);
    expect(printed).toEqual(["shown Cyd", "reported in the draft", "done", "shown Ada"]);
  });

  test("a change that throws is left out whole, and the others stay", () => {
    const printed = runApart(`${preamble}
      call((draft) => {
        draft.user({}, (user) => { user.profile.name = "Eve"; user.profile.nobody.name; });
        draft.user({}, (user) => { user.profile.name = "Cyd"; });
      });
      show();
      await settled();`);
    expect(printed[0]).toBe("shown Cyd");
    expect(printed[1]).toMatch(/^reported Cannot read properties of undefined/);
  });

  test.each([
    ["a cycle", "user.profile"],
    ["a number that JSON has not", "5n"],
  ])("a change that leaves %s behind is left out, and all else goes on", (_, value) => {
    const printed = runApart(`${preamble}
      const ended = call((draft) => draft.user({}, (user) => { user.profile.other = ${value}; }));
      handle.refetch();
      await settled();
      await stage.next("user").answer({ profile: { name: "Bob" }, orders: [] });
      show();
      await stage.next("rename").answer({ result: "done", invalidate: ["user"] });
      console.log(await ended);
      await settled();
      await stage.next("user").answer({ profile: { name: "Cyd" }, orders: [] });
      show();`);
    const others = printed.filter((line) => !/^(reported| )/.test(line));
    expect(others).toEqual(["shown Bob", "done", "shown Cyd"]);
    expect(printed.join()).toMatch(/reported (Converting circular|Do not know how to serialize)/);
  });

  test("contexts and params that there are not reach nothing", async () => {
    const stage = createStage();
    const handle = await mounted(stage);
    const before = handle.getState();
    void call(stage, (draft) => {
      for (const name of ["__proto__", "constructor", "team"]) {
        Reflect.get(draft, name)({}, () => undefined);
      }
      draft.user({ user_id: 7 }, () => undefined);
    });
    expect(handle.getState()).toBe(before);
  });
});

test("events tell who expects something of which instance", async () => {
  const events: ClientEvent[] = [];
  const stage = createStage({ onEvent: (event) => events.push(event) });
  await mounted(stage);
  void call(stage, expecting("Cyd"));
  expect(events.filter(({ type }) => type === "expect")).toEqual([
    {
      type: "expect",
      key: 'user[["user_id","5"]]',
      cause: { type: "call", call: expect.any(Number), fn: "rename" },
    },
  ]);
});
