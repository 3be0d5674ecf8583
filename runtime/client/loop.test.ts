/** Whoever asks again with every answer asks without end, but not without pause; and somebody hears of it. */
import { createClient } from "./client.js";
import type { ClientEvent } from "./events.js";
import { settled, userContext } from "./model/stage.js";
import { watch } from "./watch.js";

const HOUR_MS = 3_600_000;

beforeEach(() => jest.useFakeTimers({ doNotFake: ["queueMicrotask", "setImmediate"] }));
afterEach(() => jest.useRealTimers());

async function asked(askAgain: boolean, pauseMs: number, setClockMs = 0) {
  const events: ClientEvent[] = [];
  let count = 0;
  const client = createClient({
    onEvent: (event) => events.push(event),
    transport: {
      call: async () => ({ status: 500 }),
      fetch: async () => ({ status: 200, body: { profile: { name: `${++count}` }, orders: [] } }),
    },
  });
  const handle = watch(client, userContext, { user_id: 5 });
  const stop = askAgain ? handle.subscribe(() => handle.refetch()) : () => undefined;
  for (let passed = 0; passed < 10_000; passed += pauseMs) {
    if (!askAgain) handle.refetch();
    if (passed === 15 * pauseMs) jest.setSystemTime(Date.now() + setClockMs);
    await settled();
    jest.advanceTimersByTime(pauseMs);
  }
  const slowed = events.filter(({ type }) => type === "fetch-slowed");
  return { count, slowed, handle, stop };
}

test("an endless loop is slowed to a few reads a second, each pause is told, and data is shown", async () => {
  const { count, slowed, handle, stop } = await asked(true, 50);
  expect(count).toBeGreaterThan(40);
  expect(count).toBeLessThan(75);
  expect(slowed[0]).toMatchObject({ key: 'user[["user_id","5"]]', cause: { type: "refetch" } });
  expect(handle.getState().data?.profile.name).toMatch(/^[4-7]\d$/);
  stop();
  handle.release();
  await settled();
  expect(handle.getState().isFetching).toBe(false);
});

test("a page that asks three times a second is not slowed", async () => {
  const { count, slowed, handle } = await asked(false, 334);
  expect([count, slowed]).toEqual([31, []]);
  handle.release();
});

test.each([-HOUR_MS, HOUR_MS])("a clock that is set by %d ms slows nothing", async (byMs) => {
  const { count, slowed, handle } = await asked(false, 334, byMs);
  expect([count, slowed]).toEqual([31, []]);
  handle.release();
});
