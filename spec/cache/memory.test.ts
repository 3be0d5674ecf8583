/** The promises of the cache, kept in memory, and the bound on what it takes. */
import { createMemoryCache } from "../../runtime/cache/memory/memory-cache.js";
import { memoryCache } from "@mizan/runtime/cache";
import { bundleOf, entryOf, planOf } from "./plans.js";
import { cacheSuite } from "./suite.js";

cacheSuite("in memory", async () => {
  const cache = memoryCache({ maxEntryBytes: 10_000 });
  return {
    caches: [cache],
    maxEntryBytes: 10_000,
    reset: async () => cache.clear(),
    close: () => cache.close(),
  };
});

const plan = planOf();
const load = (cache: ReturnType<typeof memoryCache>, user_id: number, value: unknown = "x") =>
  cache.load(entryOf(plan, { user_id }), () => Promise.resolve(bundleOf(value)));

test("the least recently used goes first, and the bound holds", async () => {
  const cache = memoryCache({ maxBytes: 10_000, maxEntryBytes: 10_000 });
  const text = "x".repeat(1000);
  for (const user of [1, 2, 3]) await load(cache, user, text);
  const three = cache.bytes;
  expect(cache.size).toBe(3);
  expect(three).toBeGreaterThan(6000);
  await load(cache, 1);
  await load(cache, 4, text);
  expect(cache.size).toBe(3);
  expect(cache.bytes).toBe(three);
  expect(await load(cache, 1)).toMatchObject({ hit: true });
  expect(await load(cache, 2)).toMatchObject({ hit: false });
});

test("nothing is left of a thousand entries and their scopes when they were dropped", async () => {
  const cache = memoryCache({ maxBytes: 20_000 });
  for (let user = 0; user < 1000; user += 1) {
    await load(cache, user);
    if (user % 3 === 0) await cache.purge([plan.scopeOf([["user_id", user]])]);
  }
  expect(cache.bytes).toBeLessThanOrEqual(20_000);
  cache.clear();
  expect([cache.size, cache.bytes]).toEqual([0, 0]);
});

test("a hit is answered at once, and always the same object", async () => {
  const cache = memoryCache();
  await load(cache, 5);
  const hit = load(cache, 5);
  expect(hit).not.toBeInstanceOf(Promise);
  expect(load(cache, 5)).toBe(hit);
});

test("an entry lasts between nine tenths of its ttl and all of it", async () => {
  for (const [chance, lasts] of [
    [0, 1000],
    [0.5, 950],
    [0.999, 901],
  ] as const) {
    let now = 0;
    const cache = createMemoryCache({}, { now: () => now, random: () => chance });
    const entry = entryOf(planOf({ ttl: 1 }));
    const ask = () => cache.load(entry, () => Promise.resolve(bundleOf("x")));
    await ask();
    now = lasts - 1;
    expect(await ask()).toMatchObject({ hit: true });
    now = lasts;
    expect(await ask()).toMatchObject({ hit: false });
  }
});

test("after closing, answers are made anew and nothing is kept", async () => {
  const cache = memoryCache();
  await load(cache, 5);
  await cache.close();
  expect(await load(cache, 5)).toMatchObject({ hit: false });
  expect(await load(cache, 5)).toMatchObject({ hit: false });
  expect(cache.size).toBe(0);
});

test("options that are none are named", () => {
  const options: object = { maxBytes: -1, maxEntryBytes: "1", ttl: 5 };
  expect(() => memoryCache(options)).toThrow(
    "memoryCache: maxBytes must be a positive whole number; maxEntryBytes must be a positive whole number; ttl is no option",
  );
});
