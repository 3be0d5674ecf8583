/**
 * One run of the model over HTTP: one or two tabs, the kernel with its own transport, and a `fetch` behind which
 * everything goes wrong that does on the way to a server. Beside what `audience.ts` says it holds that
 *
 * - every promise settles, and what it rejects with is an error that something in this run can have caused;
 * - no call is sent twice, or after its caller has heard that it was given up.
 */
import { own } from "../../../wire/json.js";
import { hydrateParts, writeElsewhere } from "../arrivals.js";
import { createServer } from "../server.js";
import { createWorld, enter, type World } from "../world.js";
import { openBrowser } from "./browser.js";
import { createCallDesk } from "./calls.js";
import { createJudge } from "./judge.js";
import { createLines } from "./lines.js";
import { createReads } from "./reads.js";
import { createTab, type Site, type Tab } from "./tab.js";
import { drawTrouble } from "./trouble.js";

/** What went wrong in one run; nothing, if all is well. Runs must not overlap: they have the process's clock. */
export async function runHttp(seed: number): Promise<readonly string[]> {
  const world = createWorld(seed);
  const leave = enter(world);
  try {
    return await play(world);
  } finally {
    leave();
  }
}

async function play(world: World): Promise<readonly string[]> {
  const trouble = drawTrouble(world);
  const server = createServer();
  const judge = createJudge(trouble);
  const { faults, track } = judge;
  const desk = createCallDesk(world, server, trouble, faults);
  let calls = 0;
  const checkAll = (): void => tabs.forEach(({ audience }) => audience.check());
  const site: Site = {
    server,
    trouble,
    desk,
    answerLines: createLines(world, server, trouble),
    answerRead: createReads(world, server, trouble),
    judge,
    nextId: () => ++calls,
    check: checkAll,
  };
  const count = world.pick([1, 2]);
  const tabs = Array.from({ length: count }, () => createTab(world, site, count > 1));
  const browser = openBrowser(world, (to, message) => {
    const invalidate = own(message, "invalidate");
    if (!Array.isArray(invalidate)) return;
    for (const name of invalidate) tabs[to]?.ledger.owe(desk.written.get(name) ?? []);
  });

  /** Somebody does something in one of the tabs. */
  const inTab = (act: (tab: Tab) => void) => (): void => {
    const tab = world.pick(tabs);
    browser.act(tabs.indexOf(tab));
    act(tab);
  };
  const mount = inTab(({ user }) => user.mount());
  const release = inTab(({ user }) => user.release());
  const call = inTab(({ user }) => {
    const promise = user.call(world.chance(0.1) ? { timeoutMs: 30 } : {});
    track(promise, calls);
  });
  const happenings = [
    ...[mount, mount, mount, release, release, call, call, call, call, call, call],
    inTab(({ read }) => track(read())),
    inTab(({ lookAhead }) => track(lookAhead())),
    inTab(({ user }) => user.refetch()),
    inTab(({ client }) => (world.chance(0.2) ? client.reset() : undefined)),
    () => writeElsewhere(world, server, tabs),
    ...(trouble.losesConnection ? [browser.loseConnection] : []),
    ...(trouble.hasClockJumps ? [browser.setClock] : []),
  ];

  try {
    if (world.chance(0.4)) hydrateParts(world, server, () => world.pick(tabs).client);
    mount();
    if (world.chance(0.7)) mount();
    const most = 3 + Math.floor(world.random() * 16);
    for (let index = 0; index < most; index++) {
      world.after(120 * world.random(), world.pick(happenings));
    }
    if (!(await world.run(checkAll))) faults.push("It does not end");
  } finally {
    browser.leave();
  }
  if (judge.countWaiting()) faults.push(`${judge.countWaiting()} promises are open`);
  for (const { audience, user } of tabs) {
    faults.push(...Object.values(audience.atRest(user.isMounted)).flat());
  }
  return faults;
}
