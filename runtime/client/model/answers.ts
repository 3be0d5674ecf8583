/** What the model's server says to a read, and how long it takes. */
import type { Body } from "../../wire/answer.js";
import { slotNow, slotsOf, type Place } from "./contract.js";
import { createNetwork } from "./network.js";
import type { Server } from "./server.js";
import type { World } from "./world.js";

export type Outcome = readonly [status: number, body: Body];

export interface Answers {
  /** Runs the functions of a context, which see a moment each, as they run concurrently. */
  readonly runSlots: (
    place: Place,
    done: (slot: string, value: unknown, isLast: boolean) => void,
  ) => void;
  /** Runs them, and answers them together. */
  readonly bundle: (place: Place, give: (outcome: Outcome) => void) => void;
  /** Why a read fails at the server; undefined is that it does not. */
  readonly drawFailure: () => Outcome | undefined;
}

/** How a read fares at the server. */
const FATES = [
  ..."answered ".repeat(95).trim().split(" "),
  "unavailable",
  "unavailable",
  "unavailable",
  "not found",
  "not found",
] as const;

const FAILURES: Readonly<Record<string, Outcome>> = {
  unavailable: [503, { error: true, code: "UNAVAILABLE" }],
  "not found": [404, { error: true, code: "NOT_FOUND" }],
};

export function createAnswers(world: World, server: Server): Answers {
  const { leg } = createNetwork(world);
  const drawFailure = (): Outcome | undefined => FAILURES[world.pick(FATES)];
  const runSlots: Answers["runSlots"] = (place, done) => {
    let left = slotsOf(place).length;
    for (const slot of slotsOf(place)) {
      world.after(leg(), () => done(slot, slotNow(server, place, slot), !--left));
    }
  };
  return {
    drawFailure,
    runSlots,
    bundle: (place, give) => {
      const bundle = new Map<string, unknown>();
      runSlots(place, (slot, value, isLast) => {
        bundle.set(slot, value);
        if (isLast) give(drawFailure() ?? [200, Object.fromEntries(bundle)]);
      });
    },
  };
}
