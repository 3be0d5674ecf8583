/**
 * What a validated call costs the server, beside raw Express: CPU microseconds per request in the server's
 * process, under a bounded load from this one. Servers take turns, so that a drift of the machine meets all;
 * the ratio is that of neighbouring runs.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { median, table, times } from "./measure.mjs";
import { load } from "./server/load.mjs";

const RUNS = 5;
const CONNECTIONS = 100;
const WARM_UP = 10_000;
const REQUESTS = 20_000;
const SUBJECTS = ["raw", "mizan", "mizan-without-csrf"];

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const bundle = join(root, "node_modules/.cache/mizan/bench-server.mjs");

await build({
  entryPoints: [join(here, "server/subjects.ts")],
  outfile: bundle,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  external: ["express"],
  tsconfig: join(root, "tsconfig.json"),
  logLevel: "warning",
});

const wideArgs = Object.fromEntries(
  Array.from({ length: 50 }, (_, index) => [
    `field_${index}`,
    index % 2 === 0 ? index * 1000 : `value ${index}`,
  ]),
);
const CALLS = {
  "small call": { fn: "rename_user", args: { user_id: 5, name: "Ada Lovelace" } },
  "50 validated fields": { fn: "wide", args: wideArgs },
};

/** CPU microseconds per request. */
async function measure(subject, call) {
  const server = fork(bundle, [subject], { env: { ...process.env, NODE_ENV: "production" } });
  try {
    const [{ port }] = await once(server, "message");
    const session = await fetch(`http://127.0.0.1:${port}/api/mizan/session/`);
    const { csrfToken } = await session.json();
    const cookie = session.headers.get("set-cookie")?.split(";")[0] ?? "none=1";
    const body = JSON.stringify(call);
    const request = [
      "POST /api/mizan/call/ HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      `Origin: http://127.0.0.1:${port}`,
      "Content-Type: application/json",
      `Cookie: ${cookie}`,
      `X-CSRFToken: ${csrfToken}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body,
    ].join("\r\n");
    const cpu = async () => {
      server.send("cpu");
      const [answer] = await once(server, "message");
      return answer.cpu;
    };
    await load({ port, request, connections: CONNECTIONS, requests: WARM_UP });
    const before = await cpu();
    await load({ port, request, connections: CONNECTIONS, requests: REQUESTS });
    return ((await cpu()) - before) / REQUESTS;
  } finally {
    server.kill();
  }
}

const runs = Number(process.env.MIZAN_BENCH_RUNS ?? RUNS);
const rows = [];
for (const [name, call] of Object.entries(CALLS)) {
  const used = Object.fromEntries(SUBJECTS.map((subject) => [subject, []]));
  for (let run = 0; run < runs; run += 1) {
    for (const subject of SUBJECTS) used[subject].push(await measure(subject, call));
  }
  for (const subject of SUBJECTS) {
    const ratio = median(used[subject].map((cpu, run) => cpu / used.raw[run]));
    rows.push([name, subject, `${median(used[subject]).toFixed(1)} µs`, times(ratio)]);
  }
}
table(
  `Server: CPU per request, ${CONNECTIONS} connections, medians of ${runs} runs`,
  ["", "server", "CPU", "to raw"],
  rows,
);
