/**
 * The soak of the server: four processes behind a balancer, one Redis and one record; visitors with kernels of
 * their own; processes killed and replaced, Redis restarted, emptied and paused.
 *
 * Does: look at every answer and at everything that is shown while this goes on (`witness.ts`), and compare with
 * the record when it is over. Does not: measure speed, or repeat itself exactly: what visitors do and what
 * happens to them follows from the seed, the order in which a machine does it does not.
 *
 * Words: the *record* is what is true, with its history; a *visitor* is a client kernel and who uses it; a
 * *place* is one of the processes, whichever runs there now; a version is *promised* once a purge returned.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { createChance, type Chance } from "../../support/random.js";
import { startRedis } from "../../support/redis.js";
import { History } from "../record/history.js";
import { serveRecord } from "../record/socket.js";
import { groups } from "../server/store-names.js";
import { userOf } from "../server/user-names.js";
import { Faults, type FaultKind } from "./faults.js";
import { Fleet } from "./fleet.js";
import { checkAges, checkRefused, compareWithRecord, restCheck } from "./at-rest.js";
import { Promises, settling } from "./promises.js";
import { Link } from "./link.js";
import { LINKED_PLACE, Troubles, troublesOfProcesses, troublesOfRedis } from "./troubles.js";
import { SHELVES, USERS, Visitor } from "./visitor.js";
import { noCounts, type Counts, type World } from "./world.js";

export type SoakOptions = {
  readonly seed: number;
  /** For which visitors are active. What is done before and after comes on top. */
  readonly seconds: number;
  readonly visitors: number;
  /** Milliseconds between two troubles. */
  readonly quietMs: number;
  /** The bundled `server/main.ts`. */
  readonly script: string;
  readonly say: (line: string) => void;
};

export type Summary = Counts & {
  readonly faultCounts: ReadonlyMap<FaultKind, number>;
  readonly troubles: ReadonlyMap<string, number>;
  readonly writes: number;
  readonly outages: number;
  readonly wentBack: number;
  readonly memory: string;
};

const PROCESSES = 4;
const BEAT_MS = 100;
const SETTLE_MS = 100;
const PROGRESS_MS = 10_000;
const MOST_PATIENCE_MS = 60_000;

/** What is left after garbage was collected may grow by this much, for what is not quite at rest. */
const MOST_GROWTH = 1.15;
const MEMORY_SLACK = 4 * 1024 * 1024;

export async function soak(options: SoakOptions): Promise<Summary> {
  const faults = new Faults(options.say);
  const history = seedHistory();
  // Everybody has chances of their own, so that what one does depends on nobody's speed.
  let chances = 0;
  const nextChance = (): Chance => createChance(options.seed * 1000 + (chances += 1));
  const delays = nextChance();
  const record = await serveRecord(history, () => delays.int(delays.one(10) ? 60 : 4));
  const redis = await startRedis(["--appendonly", "yes"]);
  const link = await new Link(redis.port).listen();
  const envOf = (place: number): NodeJS.ProcessEnv => ({
    SOAK_RECORD_PORT: String(record.port),
    SOAK_REDIS_URL: place === LINKED_PLACE ? link.url : redis.url,
  });
  const fleet = new Fleet(options.script, PROCESSES, envOf, faults);
  const promises = new Promises(history);
  const world: World = { history, promises, fleet, faults, counts: noCounts(), refused: new Set() };
  const stopSettling = settling(promises, SETTLE_MS);
  try {
    await fleet.fill();
    await fleet.healthy();
    const visitors = Array.from(
      { length: options.visitors },
      (_, id) => new Visitor(id, world, nextChance()),
    );
    const memory: number[] = [];
    const troubles = [
      troublesOfProcesses(fleet, PROCESSES, nextChance()),
      troublesOfRedis(redis, link, nextChance()),
    ].map((list) => new Troubles(list, nextChance(), options.quietMs, faults));
    for (const half of [1, 2]) {
      await live(half, options, world, async (over) => {
        await Promise.all([
          ...visitors.map((visitor) => visitor.live(over)),
          ...troubles.map((each) => each.happen(over)),
        ]);
      });
      await quiesce(visitors, world);
      memory.push(await usedBy(fleet));
    }
    await stopSettling();
    await promises.settle();
    await finish(visitors, world);
    checkMemory(memory, faults);
    for (const visitor of visitors) visitor.leave();
    return {
      ...world.counts,
      faultCounts: faults.counts,
      troubles: new Map(troubles.flatMap(({ counts }) => [...counts])),
      writes: history.size,
      outages: fleet.outages,
      wentBack: visitors.reduce((sum, { witness }) => sum + witness.wentBack, 0),
      memory: memory.map((bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MB`).join(", then "),
    };
  } finally {
    await stopSettling();
    await fleet.stop();
    await record.close();
    await link.close();
    await redis.stop();
  }
}

/** Half of the time, in which the record changes by itself, too. */
async function live(
  half: number,
  { seconds, say }: SoakOptions,
  { counts, history, fleet }: World,
  act: (over: AbortSignal) => Promise<void>,
): Promise<void> {
  const over = AbortSignal.timeout(seconds * 500);
  const beating = setInterval(() => void history.write(groups.beats, 0, ""), BEAT_MS);
  const progress = setInterval(() => {
    const { reads, calls, lost } = counts;
    say(`half ${half}: ${reads} reads, ${calls} calls, ${lost} lost, ${fleet.outages} outages`);
  }, PROGRESS_MS);
  await act(over);
  clearInterval(progress);
  clearInterval(beating);
}

function seedHistory(): History {
  const history = new History();
  for (let id = 1; id <= SHELVES; id += 1) history.put(groups.heads, id, `shelf ${id}`);
  for (let id = 1; id <= USERS; id += 1) history.put(groups.secrets, id, `of ${userOf(id)}`);
  history.put(groups.beats, 0, "");
  return history;
}

/** Resolves when every process is back and every visitor has all that they asked for. */
async function quiesce(visitors: readonly Visitor[], { fleet, faults }: World): Promise<void> {
  await fleet.healthy();
  const until = performance.now() + MOST_PATIENCE_MS;
  for (let quietRounds = 0; quietRounds < 5;) {
    await sleep(20);
    quietRounds = visitors.every(({ isQuiet }) => isQuiet) ? quietRounds + 1 : 0;
    if (performance.now() > until) {
      faults.add("answer", "somebody still waits for an answer");
      return;
    }
  }
}

/** First what is shown as it is, then read anew, then once more with nothing left in the cache. */
async function finish(visitors: readonly Visitor[], world: World): Promise<void> {
  restCheck(visitors);
  const readAnew = async (): Promise<void> => {
    for (const visitor of visitors) visitor.refetch();
    await quiesce(visitors, world);
  };
  checkRefused(world);
  checkAges(visitors, world);
  await readAnew();
  compareWithRecord(visitors, world, { isSwept: false });
  // What was written by processes that were killed before they purged.
  await visitors[0]?.sweep();
  await readAnew();
  compareWithRecord(visitors, world, { isSwept: true });
}

function checkMemory([before = 0, after = 0]: readonly number[], faults: Faults): void {
  if (after <= before * MOST_GROWTH + MEMORY_SLACK) return;
  faults.add(
    "memory",
    `place 0 held ${before} bytes after half of the time, and ${after} at the end`,
  );
}

/** Bytes that the one process needs that was there all the time. */
async function usedBy(fleet: Fleet): Promise<number> {
  const report = await fleet.at(0)?.report(true);
  return report?.used ?? Infinity;
}
