/**
 * Reads answered line by line: each slot as soon as its function is done, and at the end of each read `done`
 * or `error`. How a single read and each one of a batch look on the wire is written here alone.
 */
import { answerLines } from "../answer/answer.js";
import { LineQueue } from "../answer/line-queue.js";
import type { Refusal } from "../answer/refusal.js";
import { toSlots, type Bundle, type Slot } from "../reading/bundle.js";
import type { Deliver, Loaded } from "../reading/load.js";
import type { Exchange } from "../running/exchange.js";
import { toLateRefusal } from "../running/late.js";
import { toInternal } from "../running/run.js";
import type { Soon } from "../running/soon.js";
import type { WireResponse } from "../wire.js";

export type StreamedRead = {
  /** The context's name, for the log. */
  readonly subject: string;
  /** What its lines begin with: `{`, or `{"i":3,`. Several where a batch asks for the same twice. */
  readonly heads: readonly string[];
  read(deliver: Deliver): Soon<Loaded>;
};

/** Begins all reads at once. From here on the status is 200: whatever goes wrong is told in a line. */
export function answerStream(exchange: Exchange, reads: readonly StreamedRead[]): WireResponse {
  const queue = new LineQueue();
  // Made before any handler runs: the head is out before most of them could add to it.
  const answer = answerLines(exchange, queue);
  const all = reads.map((read) => ({ read, lines: new ReadLines(queue, read.heads) }));
  exchange.stream = {
    over: queue.over,
    get waitingSince() {
      return queue.waitingSince;
    },
    end(why) {
      if (queue.isEnded) {
        // All is said, and the client has stopped reading.
        void queue.return();
        exchange.request.cut();
        return;
      }
      exchange.abandon();
      for (const { read, lines } of all) {
        if (lines.isOpen) lines.fail(toLateRefusal(exchange, read.subject, why));
      }
      queue.end();
    },
  };
  void Promise.all(all.map(({ read, lines }) => follow(exchange, read, lines))).then(() =>
    queue.end(),
  );
  return answer;
}

async function follow(exchange: Exchange, read: StreamedRead, lines: ReadLines): Promise<void> {
  try {
    const { recording } = exchange;
    const run = (): Soon<Loaded> => read.read((slot) => lines.deliver(slot));
    const loaded = await (recording === null ? run() : recording.read(read.subject, run));
    if (loaded.refusal === null) lines.finish(loaded.bundle);
    else lines.fail(loaded.refusal);
  } catch (thrown) {
    lines.fail(toInternal(exchange, read.subject, thrown));
  }
}

/** The lines of one read. */
class ReadLines {
  isOpen = true;
  readonly #queue: LineQueue;
  readonly #heads: readonly string[];
  readonly #delivered = new Set<string>();

  constructor(queue: LineQueue, heads: readonly string[]) {
    this.#queue = queue;
    this.#heads = heads;
  }

  deliver([name, json]: Slot): void {
    this.#delivered.add(name);
    this.#write(`"slot":${JSON.stringify(name)},"value":${json}}`);
  }

  /** Of a bundle that was ready, or loaded for somebody else, slots are still to be delivered. */
  finish(bundle: Bundle): void {
    for (const slot of toSlots(bundle)) if (!this.#delivered.has(slot[0])) this.deliver(slot);
    this.#write(`"done":true,"etag":${JSON.stringify(bundle.etag)}}`);
    this.isOpen = false;
  }

  fail({ status, code, message, details }: Refusal): void {
    this.#write(`"error":${JSON.stringify({ status, code, message, details })}}`);
    this.isOpen = false;
  }

  #write(rest: string): void {
    for (const head of this.#heads) this.#queue.write(head + rest);
  }
}
