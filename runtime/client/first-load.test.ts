/** First loads that come in parts: what is shown of them, and what the ordering rules make of it. */
import type { MergeEntry } from "../wire/effects.js";
import {
  createStage,
  mutate,
  settled,
  totalContext,
  userContext,
  type Stage,
} from "./model/stage.js";
import { watch } from "./watch.js";

const ada = { name: "Ada" };
const orders = [{ id: 1, title: "tea" }];

async function loading() {
  const stage = createStage();
  const handle = watch(stage.client, userContext, { user_id: 5 });
  await settled();
  return { stage, handle, read: stage.next("user"), slots: () => handle.getState().slots };
}

/** A call that is answered at once. */
async function answered(stage: Stage, effects: object): Promise<void> {
  const ended = mutate({}, { client: stage.client });
  await settled();
  await stage.next("mutate").answer({ result: null, ...effects });
  await ended;
}

test("a slot is shown when it is there, the whole when all is, and what was shown keeps its identity", async () => {
  const { handle, read, slots } = await loading();
  let calls = 0;
  handle.subscribe(() => calls++);
  expect(slots()).toEqual({});
  await read.bring({ profile: ada });
  const { profile } = slots();
  expect(profile).toEqual(ada);
  expect(handle.getState()).toMatchObject({ status: "loading", data: null, isFetching: true });
  await read.bring({ profile: ada, orders });
  expect(slots()).toEqual({ profile: ada, orders });
  expect(handle.getState().data).toBeNull();
  await read.answer({ profile: ada, orders });
  expect(handle.getState()).toMatchObject({ status: "success", data: { profile: ada, orders } });
  expect(handle.getState().data?.profile).toBe(profile);
  expect(slots()).toBe(handle.getState().data);
  expect(calls).toBe(3);
});

test("values are unboxed; what is undeclared or has no box is no slot", async () => {
  const stage = createStage();
  const handle = watch(stage.client, totalContext);
  await settled();
  const read = stage.next("total");
  await read.bring({ count: 5, other: 1, ["__proto__"]: { result: 1 } });
  expect(handle.getState().slots).toEqual({});
  await read.bring({ count: { result: 5 } });
  expect(handle.getState().slots).toEqual({ count: 5 });
});

test("a failure takes away what came before it, and the next load begins with nothing", async () => {
  const { stage, handle, read, slots } = await loading();
  await read.bring({ profile: ada });
  await read.answer({ error: true, code: "GONE" }, 410);
  expect(handle.getState()).toMatchObject({ status: "error", data: null });
  expect(slots()).toEqual({});
  handle.refetch();
  await settled();
  const again = stage.next("user");
  await again.bring({ orders });
  expect(slots()).toEqual({ orders });
  expect(handle.getState().status).toBe("error");
  await again.answer({ profile: ada, orders });
  expect(handle.getState()).toMatchObject({ status: "success", error: null });
});

test("another attempt of the same read begins where the first broke off", async () => {
  const stage = createStage({ retry: 1 });
  const handle = watch(stage.client, userContext, { user_id: 5 });
  await settled();
  const read = stage.next("user");
  await read.bring({ profile: ada });
  jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask", "nextTick"] });
  await read.fail();
  expect(handle.getState().slots).toEqual({ profile: ada });
  await jest.advanceTimersByTimeAsync(1000);
  jest.useRealTimers();
  await settled();
  const second = stage.next("user");
  await second.bring({ orders });
  expect(handle.getState().slots).toEqual({ profile: ada, orders });
  await second.bring({ profile: { name: "Grace" }, orders });
  expect(handle.getState().slots).toEqual({ profile: { name: "Grace" }, orders });
});

test("a refresh shows nothing before it is whole: nobody is told of parts", async () => {
  const { stage, handle, read, slots } = await loading();
  await read.answer({ profile: ada, orders });
  handle.refetch();
  await settled();
  const refresh = stage.next("user");
  await refresh.bring({ profile: { name: "Grace" } });
  expect(slots()).toEqual({ profile: ada, orders });
});

test("what an effect overtook shows no more slots, what came stays, and its successor's replace it", async () => {
  const { stage, read, slots, handle } = await loading();
  await read.bring({ profile: ada });
  await answered(stage, { invalidate: ["user"] });
  expect(handle.getState()).toMatchObject({ isStale: true, slots: { profile: ada } });
  await read.bring({ profile: ada, orders });
  expect(slots()).toEqual({ profile: ada });
  const next = stage.next("user");
  await next.bring({ profile: { name: "Grace" } });
  expect(slots()).toEqual({ profile: { name: "Grace" } });
  await read.answer({ profile: ada, orders });
  expect(handle.getState().data).toBeNull();
  await next.answer({ profile: { name: "Grace" }, orders });
  expect(handle.getState()).toMatchObject({ isStale: false, data: { profile: { name: "Grace" } } });
});

test("a merge finds no whole to be merged into, so the load is asked again", async () => {
  const { stage, read, slots } = await loading();
  await read.bring({ profile: ada });
  const merge: MergeEntry = {
    context: "user",
    slot: "profile",
    value: { name: "Grace" },
    params: { user_id: 5 },
  };
  await answered(stage, { merge: [merge] });
  expect(slots()).toEqual({ profile: ada });
  expect(stage.waiting.map(({ name }) => name)).toEqual(["user"]);
});

test("reset and release forget it", async () => {
  const { stage, handle, read, slots } = await loading();
  await read.bring({ profile: ada });
  stage.client.reset();
  expect(slots()).toEqual({});
  await read.bring({ profile: ada, orders });
  expect(slots()).toEqual({});
  await settled();
  await stage.next("user").bring({ orders });
  expect(slots()).toEqual({ orders });
  handle.release();
  await settled();
  expect(handle.getState()).toMatchObject({ status: "idle", slots: {} });
});
