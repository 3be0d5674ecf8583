/**
 * What an answer costs the server, beside raw Express and the peers: CPU microseconds per request in the
 * server's process, under a bounded load from this one. Servers take turns, so that a drift of the machine meets
 * all; a ratio is that of neighbouring runs. Requests per second stand beside it: they are no more than this
 * process can send, on cores that it shares with the server.
 *
 * Two things decide what is seen. V8 goes on compiling for some 30,000 requests, on threads of the measured
 * process, so that less of a warm-up measures the compiler: raw Express would seem twice as slow. And Express
 * sets the prototypes of each request and response: up to V8 12.4 (Node 20 and 22) each of them then becomes a
 * shape of its own, which no inline cache knows, and Express takes three times the CPU that it takes on Node 24.
 * `MIZAN_BENCH_NODE` is the path of another node to run the servers on; quote its version with the figures.
 *
 * The peers (tRPC, oRPC, ts-rest, Fastify) are installed into `peers/` when they are first asked for:
 * `npm run bench -- server` measures them too when they are there, `node spec/bench/server.mjs --peers`
 * installs them.
 */
import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, table, times } from "./measure.mjs";
import { buildSubjects } from "./server/build.mjs";
import { load } from "./server/load.mjs";
import { startRedis } from "./server/redis.mjs";

const RUNS = 5;
const CONNECTIONS = 100;
const WARM_UP = 40_000;
const REQUESTS = 16_000;

const node = process.env.MIZAN_BENCH_NODE ?? process.execPath;
const here = dirname(fileURLToPath(import.meta.url));
const peers = join(here, "peers");

if (process.argv.includes("--peers") && !existsSync(join(peers, "node_modules"))) {
  console.log("installing the peers …");
  spawnSync("npm", ["ci", "--ignore-scripts"], { cwd: peers, stdio: "inherit" });
}
const hasPeers = existsSync(join(peers, "node_modules"));

const bundle = await buildSubjects();

const wideArgs = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [
    `field_${index}`,
    index % 2 === 0 ? index * 1000 : `value ${index}`,
  ]),
);
const smallArgs = { user_id: 5, name: "Ada Lovelace" };

const post = (path, body) => ({ method: "POST", path, body: JSON.stringify(body) });
const get = (path, headers = {}) => ({ method: "GET", path: `/api/mizan/${path}`, headers });
const call = (fn, args) => post("/api/mizan/call/", { fn, args });
const peerCall = (fn, args) => ({
  fastify: [post(`/${fn}`, args)],
  trpc: [post(`/${fn}`, args)],
  orpc: [post(`/${fn}`, { json: args })],
  "ts-rest": [post(`/${fn}`, args)],
});
const all = (names, requests) => Object.fromEntries(names.map((name) => [name, requests]));
const user = [get("ctx/user/?user_id=5")];
const page = [get("ctx/page/?user_id=5")];
const fromCall = ["user_profile", "user_orders", "user_notes"].map((fn) =>
  call(fn, { user_id: 5 }),
);

const CALLED = [
  ...["raw", "raw-zod", "mizan", "mizan-without-csrf", "mizan-node"],
  ...["by-hand", "by-hand-node"],
];

/** By name: who is asked what. The first subject is what the others are compared with. */
const SCENARIOS = {
  "small call": {
    ...all(CALLED, [call("rename_user", smallArgs)]),
    ...peerCall("rename_user", smallArgs),
  },
  "50 validated fields": {
    ...all(CALLED, [call("wide", wideArgs)]),
    ...peerCall("wide", wideArgs),
  },
  "context of three functions": all(
    [
      "raw",
      "raw-zod",
      "mizan",
      "mizan-memory",
      "mizan-redis",
      "by-hand-memory",
      "mizan-node-memory",
    ],
    user,
  ),
  "20 kB": all(["raw", "mizan", "mizan-memory", "mizan-redis", "by-hand-memory"], page),
  "20 kB, unchanged (304)": all(["mizan", "mizan 304", "mizan-memory", "mizan-memory 304"], page),
  "three functions, one request each / one bundle": { "mizan calls": fromCall, mizan: user },
};

/** CPU microseconds per request, and requests per second, three counting as one where three are needed. */
async function measure(subject, requests, together) {
  const [name, variant] = subject.split(" ");
  const isPeer = ["fastify", "trpc", "orpc", "ts-rest"].includes(name);
  const script = isPeer ? join(peers, "subjects.mjs") : bundle;
  const server = fork(script, [name], {
    env: { ...process.env, NODE_ENV: "production" },
    execPath: node,
  });
  try {
    const [{ port }] = await once(server, "message");
    const proof = isPeer ? {} : await prove(port);
    const etag = variant === "304" ? await etagOf(port, requests[0]) : null;
    const cycle = requests.map((request) =>
      toText(port, request, etag === null ? proof : { ...proof, "If-None-Match": etag }),
    );
    const work = { port, cycle, status: etag === null ? 200 : 304, connections: CONNECTIONS };
    const cpu = async () => {
      server.send("cpu");
      const [answer] = await once(server, "message");
      return answer.cpu;
    };
    await load({ ...work, requests: WARM_UP });
    const before = await cpu();
    const began = performance.now();
    await load({ ...work, requests: REQUESTS });
    const seconds = (performance.now() - began) / 1000;
    return {
      cpu: (((await cpu()) - before) / REQUESTS) * together,
      perSecond: REQUESTS / seconds / together,
    };
  } finally {
    server.kill();
  }
}

async function prove(port) {
  const session = await fetch(`http://127.0.0.1:${port}/api/mizan/session/`);
  const { csrfToken } = await session.json();
  const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "none=1";
  return { Cookie: cookie, "X-CSRFToken": csrfToken };
}

async function etagOf(port, { path }) {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  await answer.text();
  return answer.headers.get("etag");
}

function toText(port, { method, path, headers = {}, body = "" }, proof) {
  const host = `127.0.0.1:${port}`;
  const fields = { Host: host, Origin: `http://${host}`, ...proof, ...headers };
  if (body !== "") {
    fields["Content-Type"] = "application/json";
    fields["Content-Length"] = Buffer.byteLength(body);
  }
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", body].join("\r\n");
}

const runs = Number(process.env.MIZAN_BENCH_RUNS ?? RUNS);
const version = spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim();
const redis = startRedis();
if (redis === null) console.log("no redis-server: a cache in Redis is left out");
else process.env.MIZAN_BENCH_REDIS = redis.url;
try {
  const rows = [];
  for (const [name, subjects] of Object.entries(SCENARIOS)) {
    const asked = Object.keys(subjects).filter(
      (subject) =>
        (hasPeers || !["fastify", "trpc", "orpc", "ts-rest"].includes(subject)) &&
        (redis !== null || !subject.includes("redis")),
    );
    const most = Math.max(...asked.map((subject) => subjects[subject].length));
    const used = Object.fromEntries(asked.map((subject) => [subject, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const subject of asked) {
        const requests = subjects[subject];
        // Where one needs several requests for what another gets in one, they count together.
        const together = requests.length === most ? most : 1;
        used[subject].push(await measure(subject, requests, together));
      }
    }
    const [first] = asked;
    for (const subject of asked) {
      const of = (key) => used[subject].map((figures) => figures[key]);
      const ratio = median(of("cpu").map((cpu, run) => cpu / used[first][run].cpu));
      rows.push([
        name,
        subject,
        `${median(of("cpu")).toFixed(1)} µs`,
        times(ratio),
        Math.round(median(of("perSecond"))).toString(),
      ]);
    }
  }
  table(
    `Server: CPU per request, ${CONNECTIONS} connections, medians of ${runs} runs on Node ${version}`,
    ["", "server", "CPU", "to the first", "requests/s"],
    rows,
  );
} finally {
  redis?.stop();
}
