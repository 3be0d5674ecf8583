/**
 * Reads that come together over HTTP, answered line by line: each slot when its function is done, in pieces that end
 * anywhere, and with lines that make no sense. A stream may break off, or end as if all were said.
 */
import { own } from "../../../wire/json.js";
import { createAnswers } from "../answers.js";
import { placeOf } from "../contract.js";
import { createNetwork } from "../network.js";
import type { Server } from "../server.js";
import type { World } from "../world.js";
import { openBody } from "./body.js";
import type { Asked } from "./fetch.js";
import { drawOddReply, drawRetryAfter, type Trouble } from "./trouble.js";

/** Of one read, as it stands in a line. */
const FAILURES = [
  { status: 503, code: "UNAVAILABLE" },
  { status: 404, code: "NOT_FOUND" },
  { code: "INTERNAL_ERROR" },
];
const ODD_FAILURES = [...FAILURES, { error: true }];

/** Lines that nobody ordered; `i` is a read that was asked for. */
const drawOddLine = (world: World, i: number): string =>
  world.pick([
    "",
    "{}",
    "null",
    "garbage",
    '{"i":99,"slot":"profile","value":1}',
    `{"i":"${i}","slot":"nobody"}`,
    `{"i":${i},"slot":"nobody","value":1}`,
    `{"i":${i},"slot":"__proto__","value":1}`,
  ]);

export function createLines(
  world: World,
  server: Server,
  { isOdd, isReliable, refusal }: Trouble,
): (asked: Asked) => void {
  const { leg, openStream } = createNetwork(world);
  const { runSlots } = createAnswers(world, server);

  const writeRead = (entry: unknown, i: number, write: (line: string) => void, end: () => void) => {
    const params = Object(own(entry, "params"));
    const failures = isOdd ? ODD_FAILURES : FAILURES;
    const error = world.chance(0.03) ? world.pick(failures) : undefined;
    runSlots(placeOf(own(entry, "context"), params), (slot, value, isLast) => {
      const line = JSON.stringify({ i, slot, value });
      if (!(isLast && error)) write(line);
      if (isOdd && world.chance(0.03)) write(line);
      if (isOdd && world.chance(0.02)) write(drawOddLine(world, i));
      if (!isLast) return;
      write(JSON.stringify(error ? { i, error } : { i, done: true }));
      end();
    });
  };

  return ({ body, signal, answer }) => {
    if (refusal) return void world.after(leg(), () => answer(refusal));
    if (world.chance(0.03)) {
      const unavailable = { status: 503, body: '{"error":true,"code":"UNAVAILABLE"}' };
      const isOther = isOdd && world.chance(0.5);
      const reply = isOther ? drawOddReply(world) : unavailable;
      const headers = drawRetryAfter(world);
      return void world.after(leg(), () => answer({ ...reply, headers }));
    }
    const { stream, write: send, end: stop } = openBody();
    signal?.addEventListener("abort", () => stop("error", signal.reason));
    const bring = openStream();
    const write = (line: string): void =>
      bring(() => {
        if (!isReliable && world.chance(0.01)) {
          stop(world.pick(["close", "error"]), new TypeError("terminated"));
        }
        const bytes = new TextEncoder().encode(`${line}\n`);
        const half = Math.floor(bytes.length * world.random());
        send(bytes.slice(0, half));
        send(bytes.slice(half));
      });
    const entries = own(body, "contexts") as readonly unknown[];
    let left = entries.length;
    const end = (): void => {
      if (!--left) bring(() => stop("close"));
    };
    entries.forEach((entry, i) => writeRead(entry, i, write, end));
    const headers = { "Content-Type": "application/x-ndjson; charset=utf-8" };
    return void world.after(leg(), () => answer({ status: 200, body: stream, headers }));
  };
}
