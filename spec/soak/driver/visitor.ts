/**
 * Somebody with a page open: a kernel of their own, what they follow with it, and random things to do.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { createClient, MizanError, type Client } from "@mizan/runtime/client";
import type { Chance } from "../../support/random.js";
import * as api from "../mizan/client/index.js";
import { groups } from "../server/store-names.js";
import { userOf } from "../server/user-names.js";
import type { Shown } from "./rows.js";
import { Screen } from "./screen.js";
import { Traffic } from "./traffic.js";
import { Witness } from "./witness.js";
import type { World } from "./world.js";

/** One that everybody is at, and many where little happens, so that what is cached stays for a while. */
export const SHELVES = 12;
const DRAWERS = 3;
/** Users have the numbers from 1, and each has the vault of this number. */
export const USERS = 4;

const MOST_WATCHED = 5;
const MOST_UNDER_WAY = 6;
const MOST_ITEMS = 8;
const LONGEST_THINKING_MS = 30;

export class Visitor {
  readonly traffic: Traffic;
  readonly witness: Witness;
  readonly #id: number;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #client: Client;
  readonly #screen: Screen;
  /** 0 is a guest. */
  #number = 0;
  #texts = 0;

  constructor(id: number, world: World, chance: Chance) {
    this.#id = id;
    this.#world = world;
    this.#chance = chance;
    this.witness = new Witness(world.history, world.promises, world.faults);
    this.traffic = new Traffic(world, this.witness, chance);
    this.#screen = new Screen(this.traffic, this.witness);
    this.#client = createClient({
      baseUrl: "http://balancer.invalid/api/mizan",
      fetch: this.traffic.fetch,
      timeoutMs: 60_000,
    });
    this.#becomes(chance.int(USERS + 1));
  }

  /** Goes on until the signal aborts. */
  async live(signal: AbortSignal): Promise<void> {
    const chance = this.#chance;
    const underWay = new Set<unknown>();
    while (!signal.aborted) {
      const act = Promise.resolve(this.#act());
      underWay.add(act);
      void act.then(() => underWay.delete(act));
      // The impatient do the next thing before the last one is done.
      if (chance.one(3) || underWay.size >= MOST_UNDER_WAY) await act;
      await sleep(chance.int(LONGEST_THINKING_MS));
    }
  }

  get isQuiet(): boolean {
    return this.traffic.inFlight === 0 && !this.#screen.isFetching;
  }

  /** What is followed shows, at rest; whatever shows nothing then is a fault. */
  *shownAtRest(): Generator<{ readonly name: string; readonly shown: Shown }> {
    for (const { name, shown, state } of this.#screen.atRest()) {
      if (shown !== null) yield { name, shown };
      else this.#world.faults.add("at rest", `${name} is ${state}`);
    }
  }

  refetch(): void {
    this.#screen.refetch();
  }

  /** Calls that purge everything. */
  sweep(): Promise<unknown> {
    return this.#try(api.callSweep({}, this.#options));
  }

  leave(): void {
    this.#screen.stopAll();
  }

  get #options(): { readonly client: Client } {
    return { client: this.#client };
  }

  #act(): Promise<unknown> | void {
    const chance = this.#chance;
    const shelf_id = this.#someShelf();
    const other_id = 1 + ((shelf_id + chance.int(SHELVES - 1)) % SHELVES);
    const drawer_id = 1 + chance.int(DRAWERS);
    const vault_id = this.#number;
    const text = this.#newText();
    const item_id = this.#someItem(shelf_id);
    const options = this.#options;
    const isGuest = this.#number === 0;
    switch (chance.int(48)) {
      case 0:
        return this.#try(api.callRenameShelf({ shelf_id, name: text }, options));
      case 1:
        // Both are under way at once, and may be answered in any order.
        void this.#try(api.callRenameShelf({ shelf_id, name: this.#newText() }, options));
        return this.#try(api.callRenameShelf({ shelf_id, name: text }, options));
      case 2:
        return this.#try(api.callRegretShelf({ shelf_id, name: text }, options), "REGRETTED");
      case 3:
        return this.#try(api.callSwapNames({ shelf_id, other_id }, options));
      case 4:
      case 5:
        if (item_id !== null && this.#itemCount(shelf_id) >= MOST_ITEMS) {
          const input = { shelf_id, item_id };
          return this.#try(api.callRemoveItem(input, options), "ITEM_NOT_FOUND");
        }
        return this.#try(api.callAddItem({ shelf_id, title: text }, options));
      case 6:
      case 7:
        if (item_id === null) return undefined;
        return this.#try(
          api.callRenameItem({ shelf_id, item_id, title: text }, options),
          "ITEM_NOT_FOUND",
        );
      case 8:
        if (item_id === null) return undefined;
        return this.#try(api.callRemoveItem({ shelf_id, item_id }, options), "ITEM_NOT_FOUND");
      case 9:
      case 10:
        return this.#try(
          api.callWriteNote({ drawer_id, text }, options),
          ...(isGuest ? ["UNAUTHORIZED"] : []),
        );
      case 11:
        if (isGuest) return undefined;
        return this.#try(api.callRewriteNotes({ drawer_id, text }, options));
      case 12:
        if (isGuest) return undefined;
        return this.#try(api.callChangeSecret({ vault_id, text }, options));
      case 13:
        return this.#tryVaultOfAnother();
      case 14:
        return this.#tryAbandoned({ shelf_id, name: text });
      case 15:
        return chance.one(20) ? this.sweep() : this.#try(api.fetchPulseContext({}, options));
      case 16:
        if (chance.one(4)) this.#becomes(chance.int(USERS + 1));
        return undefined;
      case 17:
        return this.#try(api.fetchShelfContext({ shelf_id, limit: 2 }, options));
      case 18:
        return this.#try(
          api.fetchDrawerContext({ drawer_id }, options),
          ...(isGuest ? ["UNAUTHORIZED"] : []),
        );
      case 19:
        return this.#screen.refetch(() => chance.one(2));
      case 20:
      case 21:
        return this.#followAnother();
      default:
        // As others are shown it, so that all of them share what is cached.
        return this.#try(api.fetchShelfContext({ shelf_id }, options));
    }
  }

  /** Whoever is signed in at this page is somebody else from now on. */
  #becomes(number: number): void {
    this.#screen.stopAll({ isPrivate: true });
    this.#number = number;
    this.traffic.user = number === 0 ? "" : userOf(number);
    this.traffic.epoch += 1;
    this.witness.reset();
    this.#client.reset();
  }

  #followAnother(): void {
    const chance = this.#chance;
    const screen = this.#screen;
    if (screen.size >= MOST_WATCHED) return screen.stopOne((names) => chance.pick(names));
    const shelf_id = this.#someShelf();
    const drawer_id = 1 + chance.int(DRAWERS);
    const client = this.#client;
    switch (chance.int(this.#number === 0 ? 5 : 8)) {
      case 0:
      case 1:
      case 2:
        return screen.follow(
          "shelf",
          { shelf_id },
          api.watchShelfContext({ shelf_id }, { client }),
        );
      case 3: {
        const params = { shelf_id, limit: 3 };
        return screen.follow("shelf", params, api.watchShelfContext(params, { client }));
      }
      case 4:
        return screen.follow("pulse", {}, api.watchPulseContext({}, { client }));
      case 5:
      case 6:
        return screen.follow(
          "drawer",
          { drawer_id },
          api.watchDrawerContext({ drawer_id }, { client }),
        );
      default: {
        const params = { vault_id: this.#number };
        return screen.follow("vault", params, api.watchVaultContext(params, { client }));
      }
    }
  }

  /** As many guards as there are users stand between this and what is another's. */
  #tryVaultOfAnother(): Promise<unknown> {
    const vault_id = 1 + ((this.#number + this.#chance.int(USERS - 1)) % USERS);
    const options = this.#options;
    const attempt = this.#chance.one(2)
      ? api.fetchVaultContext({ vault_id }, options)
      : api.callChangeSecret({ vault_id, text: "not mine" }, options);
    const { epoch } = this.traffic;
    const got = attempt.then(() => {
      // It may have become theirs, if they became another before it was sent.
      if (epoch !== this.traffic.epoch) return;
      this.#world.faults.add("isolation", `${this.traffic.user} came into the vault ${vault_id}`);
    });
    return this.#try(got, "FORBIDDEN");
  }

  /** The call is given up, but what was sent is carried out, and its effects count. */
  #tryAbandoned(input: { shelf_id: number; name: string }): Promise<unknown> {
    const gaveUp = new AbortController();
    const call = api.callRenameShelf(input, { ...this.#options, signal: gaveUp.signal });
    setTimeout(() => gaveUp.abort(), this.#chance.int(20));
    return this.#try(call, "AbortError");
  }

  /** Processes that end or are killed are no fault; whether they did, the traffic knows. */
  async #try(work: Promise<unknown>, ...expected: string[]): Promise<void> {
    const { epoch } = this.traffic;
    try {
      await work;
    } catch (error) {
      const code = error instanceof MizanError ? error.code : Object(error).name;
      if (["NETWORK", "UNAVAILABLE", ...expected].includes(code)) return;
      // Sent by somebody else than who wanted it.
      if (epoch !== this.traffic.epoch && /^(UNAUTHORIZED|FORBIDDEN)$/.test(code)) return;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      this.#world.faults.add("answer", `${this.traffic.user} got ${code}: ${text}`);
    }
  }

  /** That no other call sends. */
  #newText(): string {
    this.#texts += 1;
    return `${this.traffic.user} of visitor ${this.#id}, ${this.#texts}`;
  }

  /** Often the first, so that visitors get in each other's way. */
  #someShelf(): number {
    return this.#chance.one(3) ? 1 : 1 + this.#chance.int(SHELVES);
  }

  #itemCount(shelfId: number): number {
    return this.#world.history.list(groups.items(shelfId)).length;
  }

  /** One that was there a moment ago. */
  #someItem(shelfId: number): number | null {
    const items = this.#world.history.list(groups.items(shelfId));
    return items.length === 0 ? null : this.#chance.pick(items).id;
  }
}
