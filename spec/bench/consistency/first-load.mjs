/**
 * The first load of a page with eight reads, one of them slow, in Chromium: what is shown when. Over HTTP/1.1,
 * and for separate requests and ours over HTTP/2 as well, where openssl is there to make a certificate.
 */
import { fileURLToPath } from "node:url";
import { median } from "../measure.mjs";
import { buildPages, buildServer, createFolder } from "./build.mjs";
import { countTraffic, openChromium, startServers } from "./servers.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const peer = (name) => at(`../peers/consistency/${name}`);

const SUBJECTS = [
  { name: "ours", title: "Mizan", entry: at("page/first-load-ours.tsx"), hasH2: true },
  {
    name: "ours-early",
    title: "Mizan, prefetch before rendering",
    entry: at("page/first-load-early.tsx"),
    hasH2: true,
  },
  {
    name: "plain",
    title: "separate requests (TanStack Query)",
    entry: peer("first-load-plain.jsx"),
    hasH2: true,
  },
  { name: "trpc-batch", title: "tRPC, batched", entry: peer("first-load-trpc-batch.jsx") },
  { name: "trpc-stream", title: "tRPC, batch stream", entry: peer("first-load-trpc-stream.jsx") },
  { name: "by-hand", title: "lines read by hand (floor)", entry: at("page/first-load-lines.tsx") },
];
const SCENARIOS = { slow: { all: 0, work_report: 200 }, even: { all: 0 } };

/** Medians by subject and protocol. */
export async function measureFirstLoad({ rounds, say = () => {} }) {
  const folder = createFolder();
  await buildPages(folder, Object.fromEntries(SUBJECTS.map(({ name, entry }) => [name, entry])));
  const script = await buildServer(folder);
  const server = await startServers({ folder, script, hasPeers: true, isSecure: true });
  if (server.secureUrl === null) say("no openssl: HTTP/2 is left out");
  const browser = await openChromium();
  const runs = SUBJECTS.flatMap((subject) => [
    { ...subject, protocol: "HTTP/1.1", url: server.url, results: [] },
    ...(subject.hasH2 && server.secureUrl !== null
      ? [{ ...subject, protocol: "HTTP/2", url: server.secureUrl, results: [] }]
      : []),
  ]);
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, url, results } of runs) {
        const result = {};
        for (const [scenario, delays] of Object.entries(SCENARIOS)) {
          await server.setDelays(delays);
          result[scenario] = await visit(browser, `${url}/${name}`);
        }
        results.push(result);
      }
      say(`round ${round + 1} of ${rounds}`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
  return runs.map(({ name, title, protocol, results }) => {
    const of = (scenario, key) => median(results.map((result) => result[scenario][key]));
    return {
      name,
      title,
      protocol,
      isOurs: name.startsWith("ours"),
      requests: of("slow", "requests"),
      fastMs: of("slow", "fastMs"),
      allMs: of("slow", "allMs"),
      evenMs: of("even", "allMs"),
      fastMsOfRounds: results.map(({ slow }) => Math.round(slow.fastMs * 10) / 10),
    };
  });
}

async function visit(browser, url) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  try {
    const page = await context.newPage();
    const traffic = await countTraffic(page);
    await page.goto(url);
    await page.waitForFunction(() => window.firstLoad !== undefined);
    const shown = await page.evaluate(() => window.firstLoad);
    return { ...shown, ...(await traffic.take()) };
  } finally {
    await context.close();
  }
}
