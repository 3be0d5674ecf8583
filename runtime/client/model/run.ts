/**
 * One run of the model: the real kernel against a server of linear histories, and everything else drawn
 * from a seed. What must hold, which is what the ordering rules of `spec/runtime.md` promise, stands in `audience.ts`.
 */
import { createClient } from "../client.js";
import { hydrateParts, writeElsewhere } from "./arrivals.js";
import { createAudience, type Verdict } from "./audience.js";
import { createCalls } from "./calls.js";
import { createLedger } from "./ledger.js";
import { createReads } from "./reads.js";
import { createServer } from "./server.js";
import { createUser } from "./user.js";
import { createWorld, enter, type World } from "./world.js";

/** While others happen, the run's clock and chance are the process's: runs must not overlap. */
export async function run(seed: number): Promise<Verdict> {
  const world = createWorld(seed);
  const leave = enter(world);
  try {
    return await play(world);
  } finally {
    leave();
  }
}

async function play(world: World): Promise<Verdict> {
  const server = createServer();
  const ledger = createLedger();
  const transport = { ...createCalls(world, server, ledger), ...createReads(world, server) };
  const client = createClient({ transport, timeoutMs: 0, gcMs: 40 });
  const { check, atRest } = createAudience(world, client, server, ledger);
  let calls = 0;
  const user = createUser(world, client, check, () => ++calls);
  const { mount, release, refetch } = user;
  const call = (plan?: Parameters<typeof user.call>[0]): void =>
    void user.call(plan).catch(() => undefined);
  /** Reads that calls overtake one after the other, with merges between them. */
  const rush = (): void => {
    const of = world.pick([1, 2]);
    refetch();
    for (let count = 0; count < 4; count++) {
      world.after(count * 10 + 10 * world.random(), () => call({ user: of, aimed: 0.8 }));
    }
  };
  const happenings = [
    ...[mount, mount, mount, release, release, call, call, call, call, call, call],
    refetch,
    rush,
    () => writeElsewhere(world, server, [{ client, ledger }]),
    () => (world.chance(0.3) ? client.reset() : undefined),
  ];

  if (world.chance(0.4)) hydrateParts(world, server, () => client);
  if (world.chance(0.7)) mount();
  if (world.chance(0.7)) mount();
  const count = 3 + Math.floor(world.random() * 12);
  for (let index = 0; index < count; index++) {
    const happening = world.pick(happenings);
    world.after(80 * world.random(), () => happening());
  }
  const ended = await world.run(check);
  const verdict = atRest(user.isMounted);
  if (!ended) verdict.hung.push("asks without end");
  return verdict;
}
