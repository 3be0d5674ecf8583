/** A page of the model over HTTP: its client, what that was told, who looks at it, and what somebody does with it. */
import { createAudience, type Audience } from "../audience.js";
import type { Told } from "../arrivals.js";
import { teamContext, userContext } from "../contract.js";
import { createLedger } from "../ledger.js";
import type { Server } from "../server.js";
import { createUser, type User } from "../user.js";
import type { World } from "../world.js";
import { createClient } from "../../client.js";
import { fetchOf } from "../../generated.js";
import { prefetch } from "../../prefetch.js";
import type { CallDesk } from "./calls.js";
import { createFetch, type Asked } from "./fetch.js";
import type { Judge } from "./judge.js";
import type { Trouble } from "./trouble.js";

const fetchUser = fetchOf(userContext);
const fetchTeam = fetchOf(teamContext);

/** What stands behind all tabs. */
export interface Site {
  readonly server: Server;
  readonly trouble: Trouble;
  readonly desk: CallDesk;
  readonly answerLines: (asked: Asked) => void;
  readonly answerRead: (asked: Asked) => void;
  readonly judge: Judge;
  /** The number of the next call, also of other tabs. */
  readonly nextId: () => number;
  /** Looks at all tabs. */
  readonly check: () => void;
}

export interface Tab extends Told {
  readonly audience: Audience;
  readonly user: User;
  /** Reads once, beside what is mounted; perhaps gives it up. */
  readonly read: () => Promise<unknown>;
  readonly lookAhead: () => Promise<void>;
}

export function createTab(world: World, site: Site, hasOthers: boolean): Tab {
  const { server, trouble, desk, answerLines, answerRead, judge, nextId, check } = site;
  const ledger = createLedger();
  const answerCall = desk.createCall(ledger);
  const serve = (asked: Asked): void => {
    if (asked.path === "/session/") desk.session(asked);
    else if (asked.path === "/call/") answerCall(asked);
    else if (asked.path === "/ctx/") answerLines(asked);
    else answerRead(asked);
  };
  const client = createClient({
    fetch: createFetch(world, trouble, judge.checkSent, serve),
    csrf: trouble.hasCsrf,
    timeoutMs: trouble.timeoutMs,
    gcMs: 40,
    tabs: hasOthers,
    onEvent: (event) => {
      if ("error" in event && event.error) judge.judge(event.error);
    },
  });
  const drawUser = (): { user_id: number } => ({ user_id: world.pick([1, 2]) });
  return {
    client,
    ledger,
    audience: createAudience(world, client, server, ledger),
    user: createUser(world, client, check, nextId),
    read: () => {
      const controller = new AbortController();
      if (world.chance(0.3)) world.after(20 * world.random(), () => controller.abort());
      const options = { client, signal: controller.signal };
      return world.chance(0.5) ? fetchTeam({}, options) : fetchUser(drawUser(), options);
    },
    lookAhead: () =>
      world.chance(0.5) ? prefetch(client, teamContext) : prefetch(client, userContext, drawUser()),
  };
}
