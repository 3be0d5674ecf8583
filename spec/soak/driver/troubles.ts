/** What happens to the processes and to Redis, again and again, while visitors are there. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "../../support/random.js";
import type { RedisServer } from "../../support/redis.js";
import type { Faults } from "./faults.js";
import type { Fleet } from "./fleet.js";
import type { Link } from "./link.js";

export type Trouble = { readonly name: string; readonly happen: () => Promise<void> };

/** Whose way to Redis is the link. */
export const LINKED_PLACE = 1;

/** The process of place 0 lives through all of it, as its memory is looked at. */
export function troublesOfProcesses(fleet: Fleet, size: number, chance: Chance): Trouble[] {
  const mortal = (): number => 1 + chance.int(size - 1);
  return [
    {
      name: "a process is killed",
      happen: async () => {
        const place = mortal();
        await fleet.at(place)?.kill();
        await sleep(chance.int(400));
        await fleet.start(place);
      },
    },
    {
      name: "a process is replaced",
      happen: async () => {
        const place = mortal();
        await fleet.at(place)?.terminate();
        await fleet.start(place);
      },
    },
  ];
}

/** `link` is the way of one process alone. */
export function troublesOfRedis(redis: RedisServer, link: Link, chance: Chance): Trouble[] {
  const restart = async (meanwhile: () => void): Promise<void> => {
    await redis.kill();
    meanwhile();
    await sleep(chance.int(600));
    await redis.start();
  };
  const pause = async (milliseconds: number): Promise<void> => {
    redis.pause();
    await sleep(milliseconds);
    redis.resume();
  };
  const apart = async (begin: () => void): Promise<void> => {
    begin();
    await sleep(300 + chance.int(700));
    link.mend();
  };
  return [
    { name: "a process is cut off from Redis", happen: () => apart(() => link.cut()) },
    { name: "a process gets nothing through to Redis", happen: () => apart(() => link.stall()) },
    { name: "Redis restarts with its data", happen: () => restart(() => {}) },
    {
      name: "Redis restarts without its data",
      happen: () => restart(() => rmSync(join(redis.folder, "appendonlydir"), { recursive: true })),
    },
    { name: "Redis loses its data", happen: async () => void (await redis.admin.flushall()) },
    { name: "Redis pauses", happen: () => pause(500 + chance.int(1000)) },
    { name: "Redis hesitates", happen: () => pause(50 + chance.int(100)) },
  ];
}

/** Shuffled, each before any comes again, and with a while between two. */
export class Troubles {
  readonly counts = new Map<string, number>();
  readonly #list: readonly Trouble[];
  readonly #chance: Chance;
  readonly #quietMs: number;
  readonly #faults: Faults;
  #next: Trouble[] = [];

  constructor(list: readonly Trouble[], chance: Chance, quietMs: number, faults: Faults) {
    this.#faults = faults;
    this.#list = list;
    this.#chance = chance;
    this.#quietMs = quietMs;
  }

  /** Goes on until the signal aborts, and later from there. */
  async happen(signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(this.#quietMs / 2 + this.#chance.int(this.#quietMs));
      if (signal.aborted) return;
      if (this.#next.length === 0) this.#next = [...this.#chance.shuffle(this.#list)];
      const trouble = this.#next.pop();
      if (trouble === undefined) return;
      const began = performance.now();
      await trouble.happen();
      this.#faults.note(trouble.name, began);
      this.counts.set(trouble.name, (this.counts.get(trouble.name) ?? 0) + 1);
    }
  }
}
