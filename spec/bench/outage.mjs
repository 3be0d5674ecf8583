/**
 * What a Redis that is slow or away costs a reader: milliseconds of a read beside those of a server without a
 * cache, in the moment of the outage (the first reads, all at once) and while it lasts.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { median, ms, table } from "./measure.mjs";
import { buildSubjects } from "./server/build.mjs";
import { startRedis } from "./server/redis.mjs";

const AT_ONCE = 50;
const PATH = "/api/mizan/ctx/user/?user_id=";

export async function benchOutage() {
  const redis = startRedis();
  if (redis === null) {
    console.log("no redis-server: outages are left out");
    return;
  }
  const bundle = await buildSubjects();
  const env = { ...process.env, NODE_ENV: "production", MIZAN_BENCH_REDIS: redis.url };
  const start = async (name) => {
    const server = fork(bundle, [name], { env, silent: true });
    const [{ port }] = await once(server, "message");
    return { server, origin: `http://127.0.0.1:${port}` };
  };
  const cached = await start("mizan-redis");
  const bare = await start("mizan");
  let user = 0;
  const read = async ({ origin }, id) => {
    const began = performance.now();
    const answer = await fetch(`${origin}${PATH}${id}`);
    await answer.text();
    if (answer.status !== 200) throw new Error(`answered ${answer.status}`);
    return performance.now() - began;
  };
  /** The slowest of many reads at once, of users nobody has asked about. */
  const burst = async (server) => {
    const ids = Array.from({ length: AT_ONCE }, () => (user += 1));
    return Math.max(...(await Promise.all(ids.map((id) => read(server, id)))));
  };
  const oneByOne = async (server) => {
    const took = [];
    for (let index = 0; index < AT_ONCE; index += 1) took.push(await read(server, (user += 1)));
    return median(took);
  };
  const rows = [];
  const measure = async (name) => {
    const slowest = await burst(cached);
    const without = await burst(bare);
    rows.push([
      name,
      ms(slowest),
      ms(without),
      ms(slowest - without),
      ms(await oneByOne(cached)),
      ms(await oneByOne(bare)),
    ]);
  };
  try {
    for (const server of [cached, bare])
      for (let index = 0; index < 20; index += 1) await burst(server);
    await measure("Redis there");
    redis.pause();
    await measure("paused");
    redis.resume();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await measure("there again");
    redis.stop();
    await measure("gone");
  } finally {
    redis.stop();
    cached.server.kill();
    bare.server.kill();
  }
  table(
    `Redis away: a read of a cached context (${AT_ONCE} at once; then one by one, medians)`,
    ["Redis", "slowest at once", "without cache", "more", "one by one", "without cache"],
    rows,
  );
}
