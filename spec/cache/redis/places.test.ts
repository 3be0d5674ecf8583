/** The ways to say where Redis is: a client of the application, and sentinels, through the loss of a master. */
import { Redis } from "ioredis";
import type { Cache } from "@mizan/runtime/cache";
import { eventually } from "../../support/eventually.js";
import {
  haveSameKeys,
  startRedis,
  startReplica,
  startSentinel,
  type RedisServer,
} from "../../support/redis.js";
import { bundleOf, entryOf, planOf } from "../plans.js";
import { openCache, ready } from "./caches.js";

const UNHURRIED = { limitMs: 2000 };
const plan = planOf();
const ada = entryOf(plan, { user_id: 5 });

async function ask(cache: Cache, value: unknown): Promise<[unknown, boolean]> {
  const found = await cache.load(ada, () => Promise.resolve(bundleOf(value)));
  return [found && JSON.parse(found.bundle.body), found?.hit === true];
}

const untilKept = (cache: Cache, value: unknown): Promise<void> =>
  eventually(async () => {
    const [, hit] = await ask(cache, value);
    if (!hit) throw new Error("not kept");
  });

const servers: RedisServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.stop())));

test("a client of the application is used, left as it was, and not closed", async () => {
  const server = await startRedis();
  servers.push(server);
  for (const lazyConnect of [false, true]) {
    const client = new Redis(server.port, "127.0.0.1", { lazyConnect });
    const before = client.eventNames().length;
    const { cache } = await openCache({ client }, UNHURRIED);
    await untilKept(cache, "kept");
    await cache.purge([plan.scopeOf([["user_id", 5]])]);
    expect(await ask(cache, "new")).toEqual(["new", false]);
    await cache.close();
    expect(await client.ping()).toBe("PONG");
    expect(client.eventNames()).toHaveLength(before);
    client.disconnect();
  }
});

test("sentinels name the next master, and nothing comes back that it had not heard was purged", async () => {
  const master = await startRedis();
  const replica = await startReplica(master);
  const sentinel = await startSentinel(master);
  servers.push(master, replica, sentinel);
  const { cache } = await openCache(
    { sentinels: [{ host: "127.0.0.1", port: sentinel.port }], name: "main" },
    UNHURRIED,
  );
  await untilKept(cache, "old");
  await haveSameKeys(master, replica);
  await eventually(async () => {
    const known = await sentinel.admin.call("SENTINEL", "REPLICAS", "main");
    if (!Array.isArray(known) || known.length !== 1) throw new Error("no replica known");
  });
  // The replica takes no more of what its master says.
  await replica.admin.call("CLIENT", "KILL", "TYPE", "master");
  await replica.admin.config("SET", "masterauth", "wrong");
  await master.admin.call("CLIENT", "KILL", "TYPE", "replica");
  await master.admin.config("SET", "maxclients", "1");
  await cache.purge([plan.scopeOf([["user_id", 5]])]);
  await master.kill();
  await eventually(async () => {
    const info = await replica.admin.info("replication");
    if (!info.includes("role:master")) throw new Error("not promoted yet");
  });
  await ready(cache);
  expect(await replica.admin.dbsize()).toBeGreaterThan(0);
  expect((await ask(cache, "new"))[0]).toBe("new");
  await untilKept(cache, "new");
  await cache.close();
}, 30_000);
