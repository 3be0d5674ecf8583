/** The promises of the cache on one real Redis, and what holds when Redis does not. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Bundle, Cache, Entry } from "@mizan/runtime/cache";
import { redisCache } from "@mizan/runtime/cache";
import { eventually } from "../../support/eventually.js";
import { haveSameKeys, startRedis, startReplica, type RedisServer } from "../../support/redis.js";
import { bundleOf, entryOf, gate, planOf } from "../plans.js";
import { cacheSuite } from "../suite.js";
import { openCache, ready, SECRET } from "./caches.js";

/** Generous, as the machine is shared: what is slow here is not what is tested. */
const UNHURRIED = { limitMs: 2000, maxEntryBytes: 10_000 };

cacheSuite("on a Redis", async () => {
  const server = await startRedis();
  const place = { url: server.url };
  const [one, two] = await Promise.all([openCache(place, UNHURRIED), openCache(place, UNHURRIED)]);
  return {
    caches: [one.cache, two.cache],
    maxEntryBytes: UNHURRIED.maxEntryBytes,
    reset: async () => {
      await server.admin.flushall();
    },
    close: async () => {
      await Promise.all([one.cache.close(), two.cache.close()]);
      await server.stop();
    },
  };
});

const plan = planOf();
const ada = entryOf(plan, { user_id: 5 });
const adas = plan.scopeOf([["user_id", 5]]);

/** The answer's value, and whether it was kept. */
async function ask(cache: Cache, value: unknown, entry: Entry = ada): Promise<[unknown, boolean]> {
  const found = await cache.load(entry, () => Promise.resolve(bundleOf(value)));
  return [found && JSON.parse(found.bundle.body), found?.hit === true];
}

const untilKept = (cache: Cache, value: unknown, entry: Entry = ada): Promise<void> =>
  eventually(async () => {
    const [, hit] = await ask(cache, value, entry);
    if (!hit) throw new Error("not kept");
  });

describe("on a Redis of its own", () => {
  let server: RedisServer;
  let caches: Cache[] = [];
  const servers: RedisServer[] = [];
  const open = async (options: object = UNHURRIED, from: RedisServer = server) => {
    const opened = await openCache({ url: from.url }, options);
    caches.push(opened.cache);
    return opened;
  };
  const startOne = async (args: readonly string[] = []): Promise<RedisServer> => {
    const started = await startRedis(args);
    servers.push(started);
    return started;
  };
  beforeAll(async () => {
    server = await startOne();
  });
  afterEach(async () => {
    await Promise.all(caches.map((cache) => cache.close()));
    caches = [];
    await server.admin.flushall();
    await server.admin.config("RESETSTAT");
  });
  afterAll(() => Promise.all(servers.map((each) => each.stop())));

  test("a hit is one command, a purge is one command however much it reaches", async () => {
    const { cache } = await open();
    const calls = async (): Promise<Map<string, number>> => {
      const stats = await server.admin.info("commandstats");
      return new Map(
        Array.from(stats.matchAll(/cmdstat_([^:]+):calls=(\d+)/g), ([, name = "", count]) => [
          name,
          Number(count),
        ]),
      );
    };
    const costs: Map<string, number>[] = [];
    // Whose scripts Redis has got to know.
    await ask(cache, "x");
    await cache.purge([adas]);
    for (const size of [1, 50]) {
      for (let limit = 0; limit < size; limit += 1) {
        await untilKept(cache, "x", entryOf(plan, { user_id: 5, limit }));
      }
      await server.admin.config("RESETSTAT");
      await ask(cache, "x", entryOf(plan, { user_id: 5, limit: 0 }));
      const hit = await calls();
      expect(hit.get("evalsha")).toBe(1);
      await server.admin.config("RESETSTAT");
      await cache.purge([adas]);
      costs.push(await calls());
    }
    expect(costs[1]).toEqual(costs[0]);
    expect(costs[1]?.get("evalsha")).toBe(1);
    const used = [...(costs[1]?.keys() ?? [])];
    expect(used.filter((name) => /scan|keys|smembers|hgetall/.test(name))).toEqual([]);
  });

  test("a token that was evicted takes everything under it along", async () => {
    const { cache } = await open();
    await untilKept(cache, "old");
    const tokens = (await server.admin.keys("*")).filter((key) => !/:[el]:/.test(key));
    expect(tokens).toHaveLength(2);
    for (const token of tokens) {
      await untilKept(cache, "old");
      await server.admin.del(token);
      expect(await ask(cache, "new")).toEqual(["new", false]);
      await cache.purge([adas]);
    }
  });

  test("everything expires: entries within their ttl, tokens after them, leases soon", async () => {
    const { cache } = await open();
    await untilKept(cache, "x");
    const slow = gate<Bundle>();
    const other = cache.load(entryOf(plan, { user_id: 6 }), () => slow.promise);
    const lives = await eventually(async () => {
      const keys = await server.admin.keys("*");
      if (!keys.some((key) => key.includes(":l:"))) throw new Error("no lease yet");
      return Promise.all(keys.map(async (key) => [key, await server.admin.pttl(key)] as const));
    });
    for (const [key, left] of lives) {
      const longest = key.includes(":l:") ? 2000 : key.includes(":e:") ? 3_600_000 : 7_200_000;
      expect(left).toBeGreaterThan(key.includes(":l:") ? 0 : longest * 0.8);
      expect(left).toBeLessThanOrEqual(longest);
    }
    slow.open(bundleOf("y"));
    await other;
  });

  test("a process that dies while it loads holds the others up only as long as its lease", async () => {
    const dying = await open();
    const other = await open();
    const began = gate();
    void dying.cache.load(ada, () => {
      began.open();
      return new Promise(() => {});
    });
    await began.promise;
    const waiting = ask(other.cache, "made by the other");
    const [lease = ""] = await eventually(async () => {
      const keys = await server.admin.keys("*:l:*");
      if (keys.length === 0) throw new Error("no lease");
      return keys;
    });
    // As if its time had come.
    await server.admin.del(lease);
    expect(await waiting).toEqual(["made by the other", false]);
  });

  test.each<[string, Bundle | null]>([
    ["is the asker's alone", null],
    ["is too large", bundleOf("x".repeat(20_000))],
  ])("where what was loaded %s, nobody waits in turn", async (_what, brought) => {
    const opened = await Promise.all([open(), open(), open(), open()]);
    const [leading, ...others] = opened.map(({ cache }) => cache);
    const first = gate<Bundle | null>();
    const led = leading?.load(ada, () => first.promise);
    await eventually(async () => expect(await server.admin.keys("*:l:*")).toHaveLength(1));
    const all = gate<Bundle | null>();
    let began = 0;
    const loaded = others.map((cache) =>
      cache.load(ada, () => {
        began += 1;
        if (began === others.length) all.open(brought);
        return all.promise;
      }),
    );
    first.open(brought);
    await Promise.all([led, ...loaded]);
    expect(began).toBe(others.length);
  });

  test("a loader slower than its lease keeps it", async () => {
    const loading = await open();
    const other = await open();
    const slow = gate<Bundle>();
    const first = loading.cache.load(ada, () => slow.promise);
    const [lease = ""] = await eventually(async () => {
      const keys = await server.admin.keys("*:l:*");
      if (keys.length === 0) throw new Error("no lease");
      return keys;
    });
    const second = ask(other.cache, "twice");
    await server.admin.pexpire(lease, 900);
    await eventually(async () => {
      if ((await server.admin.pttl(lease)) < 1000) throw new Error("not renewed");
    });
    slow.open(bundleOf("once"));
    await first;
    expect(await second).toEqual(["once", true]);
  });

  test("an application with another secret, prefix or set of scopes keeps to itself, and purges reach all of one", async () => {
    const { cache } = await open();
    const stranger = await open({ ...UNHURRIED, secret: "another secret, long enough" });
    const next = planOf({ contract: "c2", scopes: [["limit"]] });
    const nextAda = entryOf(next, { user_id: 5 });
    await untilKept(cache, "ours");
    await untilKept(stranger.cache, "theirs");
    await untilKept(cache, "next", nextAda);
    // The next version sorts entries into other scopes: which of them hold user 5 is unknown to this one.
    await cache.purge([adas]);
    expect(await ask(cache, "new")).toEqual(["new", false]);
    expect(await ask(cache, "newer", nextAda)).toEqual(["newer", false]);
    expect(await ask(stranger.cache, "new")).toEqual(["theirs", true]);
    // The other way round, too.
    await untilKept(cache, "ours");
    await cache.purge([next.scopeOf([["limit", 3]])]);
    expect(await ask(cache, "new")).toEqual(["new", false]);
  });

  test("a restart from what is on disk brings nothing back that was purged after it was written", async () => {
    const persistent = await startOne();
    const { cache, lines } = await open(UNHURRIED, persistent);
    await untilKept(cache, "old");
    await persistent.admin.save();
    await cache.purge([adas]);
    await persistent.kill();
    await persistent.start();
    expect(await persistent.admin.dbsize()).toBeGreaterThan(0);
    await ready(cache);
    expect(await ask(cache, "new")).toEqual(["new", false]);
    const late = await open(UNHURRIED, persistent);
    expect((await ask(late.cache, "newer"))[0]).not.toBe("old");
    await eventually(() => expect(lines.map(({ level }) => level)).toEqual(["warn", "info"]));
  });

  test("a promoted replica brings nothing back that it had not heard was purged", async () => {
    const master = await startOne();
    const replica = await startReplica(master);
    servers.push(replica);
    const { cache } = await open(UNHURRIED, master);
    await untilKept(cache, "old");
    await haveSameKeys(master, replica);
    // The replica hears no more of its master, so an acknowledged purge is lost with it.
    await replica.admin.call("REPLICAOF", "NO", "ONE");
    await cache.purge([adas]);
    await master.kill();
    expect(await replica.admin.dbsize()).toBeGreaterThan(0);
    const after = await open(UNHURRIED, replica);
    expect(await ask(after.cache, "new")).toEqual(["new", false]);
  });

  test("a Redis that tells no history is not relied on", async () => {
    const silent = await startOne(["--rename-command", "INFO", "NOT_INFO"]);
    const cache = redisCache({
      url: silent.url,
      secret: SECRET,
      connection: { enableReadyCheck: false },
    });
    caches.push(cache);
    cache.logTo?.({ info: () => {}, warn: () => {} });
    await ready(cache);
    expect(await ask(cache, "one")).toEqual(["one", false]);
    expect(await ask(cache, "two")).toEqual(["two", false]);
    expect(cache.available).toBe(false);
  });
});

describe("when Redis does not answer", () => {
  let server: RedisServer;
  const caches: Cache[] = [];
  const passages: (() => void)[] = [];
  const open = async () => {
    const opened = await openCache({ url: server.url }, { limitMs: 40 });
    caches.push(opened.cache);
    return opened;
  };
  beforeEach(async () => {
    server = await startRedis();
  });
  afterEach(async () => {
    server.resume();
    await Promise.all(caches.splice(0).map((cache) => cache.close()));
    for (const close of passages.splice(0)) close();
    await server.stop();
  });

  test("reads and purges go on without it, and it is said once", async () => {
    const { cache, lines } = await open();
    await untilKept(cache, "old");
    server.pause();
    expect(await ask(cache, 1)).toEqual([1, false]);
    await cache.purge([adas]);
    for (let value = 2; value < 20; value += 1)
      expect(await ask(cache, value)).toEqual([value, false]);
    expect(cache.available).toBe(false);
    server.resume();
    await ready(cache);
    expect((await ask(cache, "new"))[0]).toBe("new");
    await untilKept(cache, "new");
    await eventually(() => expect(lines).toHaveLength(2));
    expect(lines).toEqual([
      {
        level: "warn",
        message: "mizan: Redis is slow or away; answers are made anew until it is back",
        fields: { reason: "no answer in time" },
      },
      {
        level: "info",
        message: "mizan: Redis is back; answers are cached again",
        fields: { away_ms: expect.any(Number) },
      },
    ]);
  });

  test("a purge that was sent in vain is executed before anything is served from there again", async () => {
    const one = await open();
    const two = await open();
    await untilKept(one.cache, "old");
    server.pause();
    await one.cache.purge([adas]);
    expect(await ask(one.cache, "new")).toEqual(["new", false]);
    expect(await ask(two.cache, "new")).toEqual(["new", false]);
    server.resume();
    await Promise.all([ready(one.cache), ready(two.cache)]);
    expect((await ask(two.cache, "new"))[0]).toBe("new");
    expect((await ask(one.cache, "new"))[0]).toBe("new");
  });

  test("what it stores late it keeps no longer", async () => {
    const { cache } = await open();
    let began = 0;
    await cache.load(entryOf(planOf({ context: "brief", ttl: 1 })), () => {
      began = Date.now();
      server.pause();
      return Promise.resolve(bundleOf("old"));
    });
    await sleep(200);
    server.resume();
    await ready(cache);
    const [entry = ""] = await server.admin.keys("*:e:*");
    expect(entry).not.toBe("");
    expect(await server.admin.pexpiretime(entry)).toBeLessThanOrEqual(began + 1000);
  });

  /** Something in this process between the cache and a Redis; `ways` are its connections to Redis. */
  async function openPassage(
    target = (): RedisServer => server,
  ): Promise<{ port: number; ways: Socket[] }> {
    const ways: Socket[] = [];
    const between = createServer((inside) => {
      const outside = connect(target().port, "127.0.0.1");
      inside.on("error", () => {}).pipe(outside.on("error", () => {}));
      outside.pipe(inside);
      ways.push(outside);
    });
    await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
    const { port } = between.address() as AddressInfo;
    passages.push(() => {
      for (const way of ways) way.destroy();
      between.close();
    });
    return { port, ways };
  }

  test("no command is late because this process was busy itself", async () => {
    // A command and its answer need several turns of the event loop to pass.
    const { port } = await openPassage();
    const { cache, lines } = await openCache(
      { url: `redis://127.0.0.1:${port}` },
      { limitMs: 400 },
    );
    caches.push(cache);
    await untilKept(cache, "old");
    const asked = ask(cache, "new");
    const until = performance.now() + 500;
    while (performance.now() < until);
    expect(await asked).toEqual(["old", true]);
    expect(lines).toEqual([]);
  });

  test("a connection that is open and dead is given up, and another made", async () => {
    // As a firewall that forgets a connection.
    const { port, ways } = await openPassage();
    const opened = await openCache(
      { url: `redis://127.0.0.1:${port}`, connection: { socketTimeout: 100 } },
      { limitMs: 40 },
    );
    caches.push(opened.cache);
    await untilKept(opened.cache, "old");
    ways[0]?.unpipe().pause();
    await opened.cache.purge([adas]);
    await ready(opened.cache);
    expect(ways).toHaveLength(2);
    expect((await ask(opened.cache, "new"))[0]).toBe("new");
  });

  test("a master that became a replica is left for the one that its name leads to now", async () => {
    const next = await startRedis();
    try {
      let master = server;
      const { port } = await openPassage(() => master);
      const { cache, lines } = await openCache({ url: `redis://127.0.0.1:${port}` });
      caches.push(cache);
      await untilKept(cache, "old");
      // As services do whose name of the master moves on: nobody closes the connections of its clients.
      master = next;
      await server.admin.call("REPLICAOF", "127.0.0.1", String(next.port));
      await cache.purge([adas]);
      await ask(cache, "new");
      await ready(cache);
      await untilKept(cache, "new");
      expect(JSON.stringify(lines[0])).toContain("READONLY");
    } finally {
      await next.stop();
    }
  });

  test("the log says why there is no connection, and no password", async () => {
    await server.admin.config("SET", "requirepass", "right-words");
    const { port } = server;
    const known = server.url.replace("//", "//:wrong-words@");
    for (const [place, why] of [
      [{ url: "redis://127.0.0.1:1" }, "ECONNREFUSED"],
      [{ url: known }, "WRONGPASS"],
      [{ url: server.url }, "NOAUTH"],
      [{ cluster: [{ host: "127.0.0.1", port: 1 }] }, "Connection is closed"],
      [{ cluster: [{ host: "127.0.0.1", port }] }, "NOAUTH"],
      [{ sentinels: [{ host: "127.0.0.1", port }], name: "main" }, "NOAUTH"],
    ] as const) {
      const cache = redisCache({ ...place, secret: SECRET });
      caches.push(cache);
      const reasons: unknown[] = [];
      cache.logTo?.({ info: () => {}, warn: (_, fields) => reasons.push(fields) });
      await eventually(() => expect(reasons).not.toEqual([]));
      expect(reasons).toEqual([{ reason: expect.stringContaining(why) }]);
      expect(JSON.stringify(reasons)).not.toContain("-words");
    }
  });

  test("a Redis that is not there at the start is used once it is", async () => {
    await server.kill();
    const cache = redisCache({ url: server.url, secret: SECRET });
    caches.push(cache);
    const levels: string[] = [];
    cache.logTo?.({ info: () => levels.push("info"), warn: () => levels.push("warn") });
    expect(await ask(cache, 1)).toEqual([1, false]);
    await cache.purge([adas]);
    await eventually(() => expect(levels).toEqual(["warn"]));
    await server.start();
    await ready(cache);
    await untilKept(cache, "kept");
    await eventually(() => expect(levels).toEqual(["warn", "info"]));
  });

  test("closing ends what it began, and answers go on", async () => {
    const { cache } = await open();
    await ask(cache, "kept");
    await cache.close();
    expect(await ask(cache, "new")).toEqual(["new", false]);
    await cache.purge([adas]);
    await cache.close();
    const [ours] = (await server.admin.client("LIST"))?.toString().split("\n") ?? [];
    expect(ours).toContain("id=");
    await eventually(async () => {
      const list = String(await server.admin.client("LIST"))
        .trim()
        .split("\n");
      if (list.length !== 1) throw new Error("still connected");
    });
  });
});

const SENTINELS = [{ host: "h", port: 26_379 }];

test("options that cannot be right are named at once, and neither secret nor password is repeated", () => {
  const wrong: readonly (readonly [object, string])[] = [
    [{}, "secret is not set; give one of url, sentinels, cluster, client, not 0"],
    // What an environment variable did not bring.
    [{ secret: undefined, url: "redis://h" }, "secret is not set"],
    [{ secret: SECRET, url: undefined }, "redisCache: url is not set"],
    [{ secret: undefined, url: undefined }, "redisCache: url is not set; secret is not set"],
    [{ secret: SECRET, client: undefined }, "client is not set"],
    [{ secret: SECRET, cluster: undefined }, "cluster is not set"],
    [{ secret: SECRET, sentinels: undefined, name: "main" }, "sentinels is not set"],
    [{ secret: SECRET, sentinels: SENTINELS }, "name is not set"],
    [{ secret: SECRET, sentinels: SENTINELS, name: undefined }, "name is not set"],
    [{ secret: SECRET, sentinels: SENTINELS, name: "" }, "name must name the master"],
    ...[
      undefined,
      null,
      "h",
      {},
      { host: "h" },
      { host: "", port: 1 },
      { host: "h", port: "1" },
    ].map(
      (sentinel) =>
        [
          { secret: SECRET, sentinels: [...SENTINELS, sentinel], name: "main" },
          "sentinels must list addresses, as { host, port }",
        ] as const,
    ),
    ...[undefined, null, "nonsense", "http://h", { host: "h", port: 0 }, { port: 1 }].map(
      (node) =>
        [
          { secret: SECRET, cluster: ["redis://h", node] },
          "cluster must list addresses, as { host, port } or redis://host:6379",
        ] as const,
    ),
    [{ secret: "short", url: "redis://h" }, "secret must have at least 16 characters"],
    [
      { secret: "x".repeat(40), url: "redis://h" },
      "secret must have at least 6 different characters",
    ],
    [{ secret: SECRET }, "give one of url, sentinels, cluster, client, not 0"],
    [{ secret: SECRET, url: "http://user:password@h" }, "url must look like redis://host:6379"],
    [{ secret: SECRET, url: "nonsense" }, "url must look like redis://host:6379"],
    [{ secret: SECRET, url: "redis://h", cluster: ["redis://h"] }, "not 2"],
    [{ secret: SECRET, url: "redis://h", cluster: undefined }, "cluster is not set; give one of"],
    [{ secret: SECRET, cluster: [] }, "cluster must list addresses"],
    [{ secret: SECRET, client: {} }, "client must be a client of ioredis"],
    [{ secret: SECRET, url: "redis://h", prefix: "a{b}" }, "prefix must be letters and digits"],
    [
      { secret: SECRET, url: "redis://h", limitMs: 0, ttl: 1 },
      "limitMs must be a positive whole number; ttl is no option",
    ],
  ];
  for (const [options, message] of wrong) {
    const attempt = (): unknown => Reflect.apply(redisCache, null, [options]);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(/password|suites/) }),
    );
  }
});
