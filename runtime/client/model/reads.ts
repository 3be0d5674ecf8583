/**
 * How the model's server answers reads: as bundles, one by one; or as lines, where those of one tick come
 * back in one stream, each slot when its function is done, in the order in which they left. A stream may
 * break off anywhere, and then every read that had not ended is lost at once.
 */
import type { ReadRequest, Transport } from "../transport.js";
import { createAnswers, type Outcome } from "./answers.js";
import { placeOf, type Place } from "./contract.js";
import { createNetwork } from "./network.js";
import type { Server } from "./server.js";
import type { World } from "./world.js";

interface Read {
  readonly place: Place;
  readonly request: ReadRequest;
  readonly give: (outcome: Outcome) => void;
  readonly lose: () => void;
}

export function createReads(world: World, server: Server): Pick<Transport, "fetch"> {
  const { leg, send, openStream } = createNetwork(world);
  const { bundle, drawFailure, runSlots } = createAnswers(world, server);
  const hasLines = world.chance(0.6);
  let tick: Read[] = [];

  const answerAlone = (read: Read): void =>
    send(read.request.onSend, read.lose, () =>
      bundle(read.place, (outcome) =>
        world.after(leg(), () => (world.chance(0.03) ? read.lose() : read.give(outcome))),
      ),
    );

  const answerAsLines = (reads: readonly Read[]): void => {
    let isCut = false;
    const stream = openStream();
    const bring = (line: () => void): void =>
      stream(() => {
        if (world.chance(0.01)) {
          isCut = true;
          for (const read of reads) read.lose();
        }
        if (!isCut) line();
      });
    for (const read of reads) {
      let isWanted = true;
      try {
        read.request.onSend();
      } catch {
        isWanted = false;
        read.lose();
      }
      if (!isWanted) continue;
      const failure = drawFailure();
      const arrived = new Map<string, unknown>();
      runSlots(read.place, (slot, value, isLast) => {
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
