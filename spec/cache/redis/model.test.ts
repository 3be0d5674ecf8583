/**
 * Seeded runs on a real Redis and on a cluster, while they are slow, lose keys or everything, lose their clients,
 * restart from nothing or from old data, or lose a master: no reader of any process is shown what a purge that
 * returned before it made stale.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Cache } from "@mizan/runtime/cache";
import { startCluster, startRedis, type RedisServer } from "../../support/redis.js";
import { planOf } from "../plans.js";
import { openCache, ready } from "./caches.js";
import { play, type Played, type Trouble } from "./model.js";

const plans = [planOf(), planOf({ context: "team" }), planOf({ context: "list", scopes: [] })];

/** Every trouble leaves the server running. */
const troublesOf = (server: RedisServer): Record<string, Trouble> => ({
  "is slow": async () => {
    server.pause();
    await sleep(70);
    server.resume();
  },
  "loses everything": () => server.admin.flushall(),
  "loses some keys": async () => {
    for (let count = 0; count < 5; count += 1) {
      const key = await server.admin.randomkey();
      if (key !== null) await server.admin.del(key);
    }
  },
  "loses its clients": () => server.admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"),
  restarts: async () => {
    await server.kill();
    await sleep(20);
    await server.start();
  },
  "restarts from old data": async () => {
    await server.admin.save();
    await sleep(30);
    await server.kill();
    await server.start();
  },
});

async function playAll(
  seeds: number,
  caches: readonly Cache[],
  troubles: readonly Trouble[],
): Promise<Played> {
  const total = { faults: [] as string[], hits: 0, reads: 0 };
  for (let seed = 1; seed <= seeds; seed += 1) {
    await Promise.all(caches.map(ready));
    const { faults, hits, reads } = await play({
      seed,
      caches,
      plans,
      steps: 150,
      troubles,
      every: 40,
    });
    total.faults.push(...faults.map((fault) => `seed ${seed}: ${fault}`));
    total.hits += hits;
    total.reads += reads;
  }
  return total;
}

const open = (place: Parameters<typeof openCache>[0]): Promise<Cache[]> =>
  Promise.all([1, 2, 3].map(async () => (await openCache(place, { limitMs: 40 })).cache));

test.each([
  "is slow",
  "loses everything",
  "loses some keys",
  "loses its clients",
  "restarts",
  "restarts from old data",
])(
  "on a Redis that %s",
  async (trouble) => {
    const server = await startRedis();
    const caches = await open({ url: server.url });
    const troubles = Object.entries(troublesOf(server)).flatMap(([name, each]) =>
      name === trouble ? [each] : [],
    );
    const { faults, hits } = await playAll(4, caches, troubles);
    await Promise.all(caches.map((cache) => cache.close()));
    await server.stop();
    expect(faults).toEqual([]);
    expect(hits).toBeGreaterThan(0);
  },
  30_000,
);

test("on a cluster of which everything befalls the nodes, at last the loss of one", async () => {
  const cluster = await startCluster({ replicas: true });
  const caches = await open({ cluster: cluster.nodes });
  const [master] = cluster.masters;
  const gentle = cluster.masters.flatMap((server) => {
    const troubles = troublesOf(server);
    return ["is slow", "loses everything", "loses some keys", "loses its clients"].flatMap(
      (name) => troubles[name] ?? [],
    );
  });
  const { faults, hits } = await playAll(6, caches, gentle);
  expect(faults).toEqual([]);
  expect(hits).toBeGreaterThan(0);
  const loss: Trouble[] = [async () => master?.kill()];
  const after = await play({ seed: 99, caches, plans, steps: 600, troubles: loss, every: 50 });
  await Promise.all(caches.map((cache) => cache.close()));
  await cluster.stop();
  expect(after.faults).toEqual([]);
}, 40_000);
