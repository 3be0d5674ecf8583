/** Asking for an instance before anything shows it: once, kept for whoever mounts it, and never in anybody's way. */
import { listen } from "./listen.js";
import { createStage, mutate, settled, userContext } from "./model/stage.js";
import { prefetch } from "./prefetch.js";
import { watch } from "./watch.js";

const five = { user_id: 5 };
const bundle = { profile: { name: "Ada" }, orders: [] };

beforeEach(() => void jest.useFakeTimers({ doNotFake: ["queueMicrotask", "setImmediate"] }));
afterEach(() => void jest.useRealTimers());

test("what was asked for is there for whoever mounts it, and is not asked for again", async () => {
  const stage = createStage();
  const ready = prefetch(stage.client, userContext, five);
  await settled();
  expect(stage.waiting).toHaveLength(1);
  await stage.next().answer(bundle);
  await ready;

  const handle = watch(stage.client, userContext, five);
  expect(handle.getState()).toMatchObject({ status: "success", data: bundle, isFetching: false });
  await settled();
  expect(stage.waiting).toHaveLength(0);
});

test("whoever mounts it while it is asked for waits for the same answer", async () => {
  const stage = createStage();
  const ready = prefetch(stage.client, userContext, five);
  await settled();
  const handle = watch(stage.client, userContext, { user_id: "05" });
  await settled();
  expect(stage.waiting).toHaveLength(1);
  await stage.next().answer(bundle);
  await ready;
  expect(handle.getState().data).toEqual(bundle);
  handle.release();
});

test("two of them are one read, and both hear of its end", async () => {
  const stage = createStage();
  const both = Promise.all([1, 2].map(() => prefetch(stage.client, userContext, five)));
  await settled();
  expect(stage.waiting).toHaveLength(1);
  await stage.next().answer(bundle);
  await both;
});

test("what is there and fresh is not asked for", async () => {
  const stage = createStage();
  const handle = watch(stage.client, userContext, five);
  await settled();
  await stage.next().answer(bundle);
  await prefetch(stage.client, userContext, five);
  expect(stage.waiting).toHaveLength(0);
  handle.release();
});

test("what became old unseen is asked for, and shown until the answer comes", async () => {
  const stage = createStage();
  const first = prefetch(stage.client, userContext, five);
  await settled();
  await stage.next().answer(bundle);
  await first;
  const call = mutate({}, { client: stage.client });
  await settled();
  await stage.next().answer({ result: 1, invalidate: ["user"] });
  await call;
  expect(stage.waiting).toHaveLength(0);

  const again = prefetch(stage.client, userContext, five);
  await settled();
  await stage.next().answer({ ...bundle, orders: [{ id: 1, title: "Tea" }] });
  await again;
  expect(watch(stage.client, userContext, five).getState()).toMatchObject({
    isStale: false,
    data: { orders: [{ id: 1 }] },
  });
});

test("a failure rejects nothing, and whoever mounts it asks anew", async () => {
  const stage = createStage({ retry: 0 });
  const ready = prefetch(stage.client, userContext, five);
  await settled();
  await stage.next().answer({ error: true, code: "FORBIDDEN", message: "no" }, 403);
  await ready;

  const handle = watch(stage.client, userContext, five);
  await settled();
  await stage.next().answer(bundle);
  expect(handle.getState().status).toBe("success");
});

test("it ends with its read: nothing is mounted any more, and effects ask for nothing", async () => {
  const stage = createStage();
  const types: string[] = [];
  listen(stage.client, ({ type }) => void types.push(type));
  const ready = prefetch(stage.client, userContext, five);
  await settled();
  await stage.next().answer(bundle);
  await ready;
  expect(types.filter((type) => /mount/.test(type))).toEqual(["mount", "unmount"]);
});

test("a reset asks for it as another user, and it waits for that", async () => {
  const stage = createStage();
  let isDone = false;
  const ready = prefetch(stage.client, userContext, five).then(() => (isDone = true));
  await settled();
  const first = stage.next();
  stage.client.reset();
  await settled();
  await first.answer({ ...bundle, profile: { name: "the last user" } });
  expect(isDone).toBe(false);
  await stage.next().answer(bundle);
  await ready;
  expect(watch(stage.client, userContext, five).getState().data).toEqual(bundle);
});
