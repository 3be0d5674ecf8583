/** The handlers of a server in memory: whichever fake stands for a function now, and a record of what it was asked. */
import { Refused } from "../server/answer/failures.js";
import type { ContractDefinition } from "../server/definition.js";
import type { Logger } from "../server/log.js";
import { nearest } from "../server/nearest.js";

/** Pairs, as `constructor` is a name, too: the fake's, and the function's on the wire. */
export type FakeNames = readonly (readonly [fake: string, fn: string])[];

export interface Fakes {
  /** By wire name, one for each function of the contract. */
  readonly handlers: object;
  readonly calls: readonly Run[];
  readonly reads: readonly Run[];
  readonly replace: (fakes: object) => void;
  readonly reset: () => void;
}

type Run = { readonly fn: string; readonly input: unknown };
type Fake = (input: unknown, ctx: unknown) => unknown;

/** Throws a TypeError for a fake that is no function, or of none that the contract has. */
export function createFakes(
  contract: ContractDefinition,
  names: FakeNames,
  given: object,
  logger: Logger,
): Fakes {
  const first = toFakes(given, names);
  let current = first;
  let calls: Run[] = [];
  let reads: Run[] = [];
  const slots = new Set(
    contract.functions.flatMap(({ name, context }) => (context === undefined ? [] : [name])),
  );

  const handlerOf =
    (name: string, fn: string): Fake =>
    (input, ctx) => {
      const fake = current.get(name);
      if (fake === undefined) {
        const message = `there is no fake for ${fn}: give createTestMizan one that is called ${name}`;
        logger.warn(`mizan: ${message}`);
        throw new Refused({ status: 501, code: "NOT_IMPLEMENTED", message });
      }
      (slots.has(fn) ? reads : calls).push({ fn: name, input });
      return fake(input, ctx);
    };

  return {
    handlers: Object.fromEntries(names.map(([name, fn]) => [fn, handlerOf(name, fn)])),
    // New lists after each run, so that what a test has compared does not change behind its back.
    get calls() {
      return [...calls];
    },
    get reads() {
      return [...reads];
    },
    replace: (fakes) => {
      current = new Map([...current, ...toFakes(fakes, names)]);
    },
    reset: () => {
      current = first;
      calls = [];
      reads = [];
    },
  };
}

function toFakes(given: object, names: FakeNames): ReadonlyMap<string, Fake> {
  const known = names.map(([name]) => name);
  const fakes = new Map<string, Fake>();
  for (const [name, fake] of Object.entries<unknown>({ ...given })) {
    if (!known.includes(name)) throw new TypeError(unknownFake(name, known));
    // Said as such: not faked.
    if (fake === undefined) continue;
    if (!isFake(fake)) throw new TypeError(`the fake ${name} is no function`);
    fakes.set(name, fake);
  }
  return fakes;
}

function unknownFake(name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `there is no function to fake that is called ${name}${meant === null ? "" : `; is it ${meant}?`}`;
}

const isFake = (value: unknown): value is Fake => typeof value === "function";
