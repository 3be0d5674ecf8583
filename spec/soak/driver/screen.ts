/** What one visitor follows: instances of contexts, looked at after every step of the kernel. */
import type { Watch } from "@mizan/runtime/client";
import { slotShown, type Params, type Shown } from "./rows.js";
import type { Traffic } from "./traffic.js";
import type { Witness } from "./witness.js";

type Instance = {
  readonly name: string;
  readonly params: Params;
  /** Of one user alone. */
  readonly isPrivate: boolean;
  readonly watch: Watch<object>;
  readonly stop: () => void;
};

/** `shown` is null of an instance that has nothing to show, and `state` says why. */
export type AtRest = {
  readonly name: string;
  readonly shown: Shown | null;
  readonly state: string;
};

export class Screen {
  readonly #traffic: Traffic;
  readonly #witness: Witness;
  readonly #instances = new Map<string, Instance>();

  constructor(traffic: Traffic, witness: Witness) {
    this.#traffic = traffic;
    this.#witness = witness;
  }

  get size(): number {
    return this.#instances.size;
  }

  get isFetching(): boolean {
    return this.#watches.some((watch) => watch.getState().isFetching);
  }

  /** Takes the watch over; lets it go at once where this is followed already. */
  follow(context: string, params: Params, watch: Watch<object>): void {
    const isPrivate = context === "drawer" || context === "vault";
    const who = isPrivate ? `${this.#traffic.user}: ` : "";
    const name = `${who}${context} ${JSON.stringify(params)}`;
    if (this.#instances.has(name)) {
      watch.release();
      return;
    }
    const look = (): void => {
      const { user } = this.#traffic;
      for (const [slot, value] of Object.entries(watch.getState().slots)) {
        this.#witness.showed(name, slotShown(slot, value, params, user), user);
      }
    };
    const unsubscribe = watch.subscribe(look);
    const stop = (): void => {
      this.#instances.delete(name);
      unsubscribe();
      watch.release();
    };
    this.#instances.set(name, { name, params, isPrivate, watch, stop });
    look();
  }

  refetch(wanted: () => boolean = () => true): void {
    for (const watch of this.#watches) if (wanted()) watch.refetch();
  }

  stopOne(pick: (names: readonly string[]) => string): void {
    this.#instances.get(pick([...this.#instances.keys()]))?.stop();
  }

  stopAll({ isPrivate }: { readonly isPrivate?: true } = {}): void {
    for (const instance of [...this.#instances.values()]) {
      if (isPrivate === undefined || instance.isPrivate) instance.stop();
    }
  }

  /** Every slot of what is followed. Instances that could not be read last time are left out. */
  *atRest(): Generator<AtRest> {
    for (const { name, params, watch } of this.#instances.values()) {
      const { status, isStale, slots } = watch.getState();
      if (status === "error") continue;
      const state = isStale ? `${status} and stale` : status;
      if (state !== "success") yield { name, shown: null, state };
      else {
        for (const [slot, value] of Object.entries(slots)) {
          yield { name, shown: slotShown(slot, value, params, this.#traffic.user), state };
        }
      }
    }
  }

  get #watches(): readonly Watch<object>[] {
    return Array.from(this.#instances.values(), ({ watch }) => watch);
  }
}
