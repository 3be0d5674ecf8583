/** Whatever events say, a timeline stays whole and within its bounds. */
import fc from "fast-check";
import type { Cause, ClientEvent, InstanceEvent } from "../client/events.js";
import { MizanError } from "../wire/error.js";
import { dropPieces, effectPieces, plain, reasonPieces } from "./reason.js";
import { reduce } from "./reduce.js";
import { EMPTY, type Moment, type Timeline } from "./timeline.js";

/** The longest sentence that is made of bounded parts. */
const LONGEST = 2000;

const name = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom("__proto__", "constructor", "<img src=x>", "x".repeat(5000)),
);
const key = fc.oneof(
  fc.constantFrom('user[["user_id","5"]]', "global[]", "odd", "user[not json", "user[[1],null,{}]"),
  name,
);
const causes: readonly (Cause | undefined)[] = [
  { type: "call", call: 1, fn: "rename" },
  { type: "call", call: 2, fn: "x".repeat(5000) },
  { type: "answer-lost", call: 1, fn: "rename" },
  { type: "mount" },
  { type: "refetch" },
  { type: "reset" },
  { type: "received" },
  undefined,
];
const cause = fc.constantFrom(...causes);
const error = fc
  .record({ code: fc.anything(), message: fc.anything() })
  .map((facts) =>
    Object.assign(new MizanError({ code: "X", message: "", status: 0, details: {} }), facts),
  );

const instanceEvent: fc.Arbitrary<ClientEvent> = fc.record({
  type: fc.constantFrom<InstanceEvent["type"]>(
    "mount",
    "unmount",
    "fetch-start",
    "fetch-done",
    "fetch-failed",
    "fetch-dropped",
    "fetch-slowed",
    "expect",
    "merge",
    "invalidate",
  ),
  key,
  cause,
  slot: name,
  applied: fc.boolean(),
  error,
  effect: fc.oneof(
    fc.anything(),
    name,
    fc.record({
      context: name,
      function: name,
      params: fc.anything(),
      slot: name,
      op: name,
      key: name,
    }),
  ),
});
const callEvent: fc.Arbitrary<ClientEvent> = fc
  .record({ call: fc.constantFrom(1, 2, 3), fn: name, error: fc.option(error, { nil: undefined }) })
  .chain(({ call, fn, error: failure }) =>
    fc.constantFrom<ClientEvent>(
      { type: "call-start", call, fn },
      { type: "call-done", call, fn, error: failure },
      { type: "answer-lost", call, fn },
    ),
  );
const clientEvent: fc.Arbitrary<ClientEvent> = fc.oneof(
  fc.constant<ClientEvent>({ type: "reset" }),
  name.map((hash): ClientEvent => ({ type: "contract-changed", hash })),
);
const moment: fc.Arbitrary<Omit<Moment, "at">> = fc.record(
  {
    event: fc.oneof(
      { weight: 5, arbitrary: instanceEvent },
      { weight: 2, arbitrary: callEvent },
      clientEvent,
    ),
    refusal: fc.constantFrom(
      { kind: "newer-shown" as const },
      { kind: "params-open" as const, names: ["a", "b"] },
    ),
    before: fc.constantFrom("nothing", "stale", "failed", "fresh"),
    isStale: fc.boolean(),
    isUnwatched: fc.boolean(),
    isByPanel: fc.boolean(),
  },
  { requiredKeys: ["event"] },
);

const sentences = ({ entries }: Timeline): string[] =>
  entries.flatMap((entry) => {
    switch (entry.kind) {
      case "call":
        return entry.effects.map((effect) => plain(effectPieces(effect)));
      case "read":
        return [reasonPieces(entry.reason), ...(entry.drop ? [dropPieces(entry.drop)] : [])].map(
          plain,
        );
      case "notice":
        return [entry.text];
    }
  });

test("any events make a timeline of bounded texts, in order, within the limit", () => {
  fc.assert(
    fc.property(fc.array(fc.array(moment, { maxLength: 12 }), { maxLength: 12 }), (batches) => {
      let at = 0;
      let timeline = EMPTY;
      for (const batch of batches) {
        const before = timeline;
        const kept = JSON.stringify(before.entries);
        const moments = batch.map((one): Moment => ({ ...one, at: at++ }));
        timeline = reduce(timeline, moments, 20);
        expect(JSON.stringify(before.entries)).toBe(kept);
      }
      const { entries, touches } = timeline;
      expect(entries.length).toBeLessThanOrEqual(20);
      expect(touches.size).toBeLessThanOrEqual(1000);
      expect(entries.map(({ id }) => id)).toEqual(
        entries.map(({ id }) => id).toSorted((a, b) => a - b),
      );
      for (const { startedAt, endedAt } of entries) {
        expect(endedAt ?? Infinity).toBeGreaterThanOrEqual(startedAt);
      }
      for (const sentence of sentences(timeline)) {
        expect(typeof sentence).toBe("string");
        expect(sentence.length < LONGEST).toBe(true);
      }
    }),
    { numRuns: 150, seed: 7 },
  );
});

test("a thousand instances that one answer reaches are told, the call among them", () => {
  const [one] = causes;
  const keys = Array.from({ length: 1000 }, (_, index) => `user[["user_id","${index}"]]`);
  const call: ClientEvent = { type: "call-start", call: 1, fn: "rename" };
  const step: ClientEvent[] = [
    ...keys.map((of): ClientEvent => ({ type: "invalidate", key: of, cause: one, effect: "user" })),
    ...keys.map((of): ClientEvent => ({ type: "fetch-start", key: of, cause: one })),
  ];
  const timeline = reduce(
    EMPTY,
    [call, ...step].map((event, at) => ({ event, at })),
  );
  expect(timeline.forgotten).toBe(701);
  const last = timeline.entries.at(-1);
  expect(last?.kind === "read" && plain(reasonPieces(last.reason))).toBe(
    "because call #1 `rename` answered `invalidate user`",
  );
});
