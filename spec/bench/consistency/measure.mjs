/**
 * From a mutation to a page on which everything is right, in Chromium: one page per subject and round, the
 * subjects in turn, so that a drift of the machine meets all.
 */
import { median } from "../measure.mjs";
import { buildPages, buildServer, createFolder, generateOrval } from "./build.mjs";
import { countTraffic, openChromium, startServers } from "./servers.mjs";
import { countRefreshLines, SUBJECTS } from "./subjects.mjs";

/** How long handlers take, in milliseconds. */
export const SCENARIOS = {
  "0 ms": { all: 0 },
  "50 ms": { all: 50 },
  "200 ms": { all: 200 },
  skew: { all: 50, team_members: 200 },
};

/** By the names of subjects, medians of each scenario. */
export async function measureConsistency({ rounds, isOursOnly = false, say = () => {} }) {
  const subjects = SUBJECTS.filter(({ isOurs }) => isOurs || !isOursOnly);
  const folder = createFolder();
  if (!isOursOnly) generateOrval();
  await buildPages(folder, Object.fromEntries(subjects.map(({ name, entry }) => [name, entry])));
  const script = await buildServer(folder);
  const server = await startServers({ folder, script, hasPeers: !isOursOnly });
  const browser = await openChromium();
  try {
    const all = new Map(subjects.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const { name } of subjects) all.get(name).push(await visit(browser, server, name));
      say(`round ${round + 1} of ${rounds}`);
    }
    return subjects.map((subject) => ({
      name: subject.name,
      title: subject.title,
      isOurs: subject.isOurs,
      lines: countRefreshLines(subject),
      scenarios: Object.fromEntries(
        Object.keys(SCENARIOS).map((scenario) => [
          scenario,
          summarize(all.get(subject.name).map((visited) => visited[scenario])),
        ]),
      ),
    }));
  } finally {
    await browser.close();
    await server.close();
  }
}

/** One page: a first mutation that is not measured (ours fetches its token with it), then one per scenario. */
async function visit(browser, server, name) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const traffic = await countTraffic(page);
    let mutations = 0;
    const rename = async (delays) => {
      await server.setDelays(delays);
      // Of one length, so that bytes can be compared.
      const text = `Ada ${String((mutations += 1)).padStart(3, "0")} ${String(Date.now()).slice(-7)}`;
      const quietMs = 2 * Math.max(...Object.values(delays)) + 120;
      const measured = await page.evaluate(
        ([newName, quiet]) => window.bench.rename(newName, quiet),
        [text, quietMs],
      );
      return { ...measured, ...(await traffic.take()) };
    };

    await server.setDelays({ all: 0 });
    await page.goto(`${server.url}/${name}`);
    await page.waitForFunction(() => window.bench?.isReady());
    await rename({ all: 0 });
    const measured = {};
    for (const [scenario, delays] of Object.entries(SCENARIOS)) {
      measured[scenario] = await rename(delays);
    }
    return measured;
  } finally {
    await context.close();
  }
}

function summarize(results) {
  const numbers = Object.keys(results[0]).filter((key) => typeof results[0][key] === "number");
  return {
    ...Object.fromEntries(numbers.map((key) => [key, median(results.map((one) => one[key]))])),
    /** Round by round: neighbours are compared, as the machine's speed drifts. */
    consistentMsOfRounds: results.map(({ consistentMs }) => Math.round(consistentMs * 10) / 10),
    /** The greatest of all rounds: a claim of none has to hold in each. */
    mostMixedMs: Math.max(...results.map(({ mixedMs }) => mixedMs)),
    isRight: results.every(({ isRight }) => isRight),
  };
}
