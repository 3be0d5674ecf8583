/**
 * How the model's server answers reads: as bundles, one by one; or as lines, where those of one tick come
 * back in one stream, each slot when its function is done, in the order in which they left. A stream may
 * break off anywhere, and then every read that had not ended is lost at once.
 */
import type { Body } from "../../wire/answer.js";
import type { ReadRequest, Transport } from "../transport.js";
import { PLACES, slotNow, type Place } from "./contract.js";
import { createNetwork } from "./network.js";
import type { Server } from "./server.js";
import type { World } from "./world.js";

type Outcome = readonly [status: number, body: Body];

interface Read {
  readonly place: Place;
  readonly request: ReadRequest;
  readonly give: (outcome: Outcome) => void;
  readonly lose: () => void;
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

export function createReads(world: World, server: Server): Pick<Transport, "fetch"> {
  const { leg, send } = createNetwork(world);
  const hasLines = world.chance(0.6);
  let tick: Read[] = [];

  /** The functions of a context run concurrently, so each sees its own moment. */
  const runSlots = ({ place }: Read, done: (slot: string, value: unknown) => void): void => {
    for (const slot of slotsOf(place)) {
      world.after(leg(), () => done(slot, slotNow(server, place, slot)));
    }
  };

  const answerAlone = (read: Read): void =>
    send(read.request.onSend, read.lose, () => {
      const bundle = new Map<string, unknown>();
      runSlots(read, (slot, value) => {
        bundle.set(slot, value);
        if (bundle.size < slotsOf(read.place).length) return;
        world.after(leg(), () => {
          if (world.chance(0.03)) return read.lose();
          const failure = FAILURES[world.pick(FATES)];
          return read.give(failure ?? [200, Object.fromEntries(bundle)]);
        });
      });
    });

  const answerAsLines = (reads: readonly Read[]): void => {
    let isCut = false;
    let last = 0;
    /** Brings a line, never before one that left earlier. */
    const bring = (line: () => void): void => {
      last = Math.max(last, world.now() + leg());
      world.after(last - world.now(), () => {
        if (world.chance(0.01)) {
          isCut = true;
          for (const read of reads) read.lose();
        }
        if (!isCut) line();
      });
    };
    for (const read of reads) {
      let isWanted = true;
      try {
        read.request.onSend();
      } catch {
        isWanted = false;
        read.lose();
      }
      if (!isWanted) continue;
      const failure = FAILURES[world.pick(FATES)];
      const arrived = new Map<string, unknown>();
      let run = 0;
      runSlots(read, (slot, value) => {
        const isLast = ++run === slotsOf(read.place).length;
        if (!isLast || !failure) {
          bring(() => read.request.onPart?.(Object.fromEntries(arrived.set(slot, value))));
        }
        if (isLast) bring(() => read.give(failure ?? [200, Object.fromEntries(arrived)]));
      });
    }
  };

  return {
    fetch: (context, params, request) =>
      new Promise((resolve, reject) => {
        const lose = (): void => reject(new TypeError("Lost"));
        const read: Read = {
          place: placeOf(context, params),
          request,
          give: ([status, body]) => resolve({ status, headers: { get: () => null }, body }),
          lose,
        };
        if (world.chance(0.5)) request.signal.addEventListener("abort", lose);
        if (!hasLines) return answerAlone(read);
        if (tick.push(read) > 1) return;
        queueMicrotask(() => {
          answerAsLines(tick);
          tick = [];
        });
      }),
  };
}

const slotsOf = ({ context }: Place): readonly string[] =>
  context === "team" ? ["members", "total"] : ["profile", "orders"];

function placeOf(context: string, params: Readonly<Record<string, unknown>>): Place {
  const found = PLACES.find((place) =>
    place.context === "team"
      ? context === "team"
      : context === "user" &&
        place.user === Number(params["user_id"]) &&
        place.kind === (params["kind"] ?? null),
  );
  if (!found) throw new Error(`Nobody asked for ${context}`);
  return found;
}
