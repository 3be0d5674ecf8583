/** The promises of the cache on a Redis Cluster of three masters, and after one of them was lost. */
import type { Cache } from "@mizan/runtime/cache";
import { eventually } from "../../support/eventually.js";
import { haveSameKeys, startCluster, type RedisCluster } from "../../support/redis.js";
import { bundleOf, entryOf, planOf } from "../plans.js";
import { cacheSuite } from "../suite.js";
import { openCache } from "./caches.js";

const UNHURRIED = { limitMs: 2000, maxEntryBytes: 10_000 };

let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startCluster({ replicas: true });
}, 30_000);
afterAll(() => cluster.stop());

const flush = async (): Promise<void> => {
  await Promise.all(cluster.masters.map(({ admin }) => admin.flushall()));
};

cacheSuite("on a cluster", async () => {
  const place = { cluster: cluster.nodes };
  const [one, two] = await Promise.all([openCache(place, UNHURRIED), openCache(place, UNHURRIED)]);
  return {
    caches: [one.cache, two.cache],
    maxEntryBytes: UNHURRIED.maxEntryBytes,
    reset: flush,
    close: async () => {
      await Promise.all([one.cache.close(), two.cache.close()]);
    },
  };
});

const plans = Array.from({ length: 12 }, (_, index) => planOf({ context: `context ${index}` }));

async function ask(cache: Cache, value: unknown, index: number): Promise<[unknown, boolean]> {
  const [plan = planOf()] = plans.slice(index);
  const found = await cache.load(entryOf(plan, { user_id: 5 }), () =>
    Promise.resolve(bundleOf(value)),
  );
  return [found && JSON.parse(found.bundle.body), found?.hit === true];
}

test("a context lies on one node, contexts on all of them", async () => {
  await flush();
  const { cache } = await openCache({ cluster: cluster.nodes }, UNHURRIED);
  for (const index of plans.keys()) await ask(cache, "x", index);
  await cache.purge(plans.map((plan) => plan.scopeOf([["user_id", 5]])));
  for (const index of plans.keys()) expect(await ask(cache, "y", index)).toEqual(["y", false]);
  await cache.close();
  const nodes = new Map<string, Set<number>>();
  for (const { admin, port } of cluster.masters) {
    for (const key of await admin.keys("*")) {
      const tag = /\{(.*?)\}/.exec(key)?.[1] ?? "";
      nodes.set(tag, (nodes.get(tag) ?? new Set()).add(port));
    }
  }
  expect(nodes.size).toBe(plans.length);
  expect([...nodes.values()].every((ports) => ports.size === 1)).toBe(true);
  expect(new Set([...nodes.values()].flatMap((ports) => [...ports])).size).toBe(3);
});

test("of a master that was lost with purges its replica had not heard of, nothing comes back", async () => {
  await flush();
  const { cache } = await openCache({ cluster: cluster.nodes }, UNHURRIED);
  for (const index of plans.keys()) {
    await eventually(async () => {
      const [, hit] = await ask(cache, "old", index);
      if (!hit) throw new Error("not kept");
    });
  }
  const [master] = cluster.masters;
  const [replica] = cluster.replicas;
  if (master === undefined || replica === undefined) throw new Error("no cluster");
  await haveSameKeys(master, replica);
  // A replica that lags: it takes no more of what its master says.
  await replica.admin.call("CLIENT", "KILL", "TYPE", "master");
  await master.admin.call("CLIENT", "KILL", "TYPE", "replica");
  await master.admin.config("SET", "maxclients", "1");
  await cache.purge(plans.map((plan) => plan.scopeOf([["user_id", 5]])));
  await master.kill();
  await eventually(async () => {
    const info = await replica.admin.info("replication");
    if (!info.includes("role:master")) throw new Error("not promoted yet");
  });
  expect(await replica.admin.dbsize()).toBeGreaterThan(0);
  const { cache: late } = await openCache({ cluster: cluster.nodes.slice(1) }, UNHURRIED);
  for (const index of plans.keys()) {
    expect((await ask(cache, "new", index))[0]).not.toBe("old");
    expect((await ask(late, "new", index))[0]).not.toBe("old");
  }
  await eventually(async () => {
    for (const index of plans.keys()) {
      const [value, hit] = await ask(cache, "new", index);
      expect(value).toBe("new");
      if (!hit) throw new Error("not relied on yet");
    }
  });
  await Promise.all([cache.close(), late.close()]);
}, 30_000);
