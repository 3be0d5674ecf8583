/**
 * Every interleaving of a few calls, a foreign write and a user's refetch on one instance of the real
 * kernel, over a transport that is stepped by hand: each request is sent, executed at the server and
 * answered whenever it is chosen.
 *
 * A run is a path of choices. To branch, a path is played again from its beginning; a state that was seen
 * before is not followed further. What makes states equal is what the ordering rules speak of: values,
 * and for each request whether an effect or an accepted answer came since it began.
 */
import { functionOf } from "../call.js";
import { createClient } from "../client.js";
import { contextOf } from "../generated.js";
import type { Answer, Body } from "../../wire/answer.js";
import type { NoParams } from "../types.js";
import type { ReadRequest, Request } from "../transport.js";
import { watch } from "../watch.js";
import { lightenSignals } from "./world.js";

/** What a call's answer says of the one slot: its new value, or that it is old. */
export type Kind = "merge" | "invalidate";

export interface Script {
  readonly calls: readonly Kind[];
  readonly foreignWrites: number;
  readonly refetches: number;
  /** What a first load reads may arrive before its answer, in two steps, as slots do. */
  readonly isInParts?: boolean;
}

export interface Report {
  readonly states: number;
  /** The paths that led to a fault. */
  readonly backward: string[];
  readonly stale: string[];
}

const contract = { hash: "model", headerPrefix: "X-Mizan-" };
const context = contextOf(contract)<NoParams, { readonly value: number }>("cell", { value: "" });
const mutate = functionOf(contract)<NoParams, number, never>("mutate");

export async function explore(script: Script): Promise<Report> {
  const restoreSignals = lightenSignals();
  try {
    return await search(script);
  } finally {
    restoreSignals();
  }
}

async function search(script: Script): Promise<Report> {
  const report: Report = { states: 0, backward: [], stale: [] };
  const seen = new Set<string>();
  const paths: string[][] = [[]];
  let states = 0;
  let plays = 0;
  for (let path = paths.pop(); path; path = paths.pop()) {
    // What a play left waiting is kept until timers have their turn, which promises alone never give them.
    if (++plays % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
    const play = await replay(script, path);
    // Goes on along the first choice without playing the path again.
    for (;;) {
      const key = play.key();
      if (seen.has(key)) break;
      seen.add(key);
      states++;
      if (play.wentBackward()) report.backward.push(path.join(", "));
      const [first, ...others] = play.choices();
      if (!first) {
        if (!play.isFresh()) report.stale.push(path.join(", "));
        break;
      }
      for (const other of others) paths.push([...path, other]);
      path = [...path, first];
      await play.choose(first);
    }
  }
  return { ...report, states };
}

interface Play {
  readonly choices: () => string[];
  readonly choose: (choice: string) => Promise<void>;
  readonly key: () => string;
  readonly wentBackward: () => boolean;
  readonly isFresh: () => boolean;
}

async function replay(script: Script, path: readonly string[]): Promise<Play> {
  const play = createPlay(script);
  await drain();
  for (const choice of path) await play.choose(choice);
  return play;
}

/** One request under way, with what the client had seen when it began. */
interface Pending {
  readonly name: string;
  readonly kind: Kind | "read";
  readonly effects: number;
  readonly changes: number;
  readonly merges: number;
  readonly resolve: (answer: Answer) => void;
  /** Brings the one slot ahead of the rest; absent where nobody waits for it, and once it came. */
  bring?: ((part: Body) => void) | undefined;
  /** What the server made of it, once it was executed. */
  value?: number;
}

function createPlay(script: Script): Play {
  let server = 0;
  let owed = 0;
  let shown = -1;
  let isBackward = false;
  let begun = 0;
  let reads = 0;
  let { foreignWrites, refetches } = script;
  const pending = new Map<string, Pending>();

  /** As the kernel counts them: effects, those that were merged, and effects and accepted answers. */
  let [effects, merges, changes] = [0, 0, 0];
  let live: string | undefined;
  let overtakings = 0;
  let isQueued = false;

  const send = (
    name: string,
    kind: Pending["kind"],
    { onSend, onPart }: Request & Partial<ReadRequest>,
  ): Promise<Answer> => {
    onSend();
    const bring = script.isInParts ? onPart : undefined;
    return new Promise((resolve) => {
      pending.set(name, { name, kind, effects, changes, merges, resolve, bring });
    });
  };
  const client = createClient({
    timeoutMs: 0,
    transport: {
      call: (_fn, _args, request) => {
        const call = begun++;
        return send(`call ${call}`, script.calls[call] ?? "merge", request);
      },
      fetch: (_context, _params, request) => {
        if (live) overtakings++;
        live = `read ${reads++}`;
        isQueued = false;
        return send(live, "read", request);
      },
    },
    onEvent: (event) => {
      if (event.type === "fetch-done") {
        changes++;
        overtakings = 0;
      } else if (event.type === "merge" || event.type === "invalidate") {
        effects++;
        changes++;
        if (event.type === "merge" && event.applied) merges++;
      }
    },
  });
  const handle = watch(client, context);
  const look = (): void => {
    const value = handle.getState().slots.value;
    // A part that is taken away shows nothing, which is not older.
    if (value === undefined) return;
    if (value < shown) isBackward = true;
    shown = value;
  };
  handle.subscribe(look);

  const answer = ({ name, kind, value, resolve }: Pending): void => {
    pending.delete(name);
    if (name === live) {
      live = undefined;
      // Shown sets it back: the event comes later.
      overtakings++;
    }
    const effect =
      kind === "merge"
        ? { merge: [{ context: "cell", slot: "value", value }] }
        : { invalidate: ["cell"] };
    const body: Body = kind === "read" ? { value } : { result: null, ...effect };
    resolve({ status: 200, headers: new Map(), body });
  };
  const choose = (choice: string): void => {
    const request = pending.get(choice.slice(choice.indexOf(" ") + 1));
    if (request && choice.startsWith("bring")) {
      request.bring?.({ value: request.value });
      request.bring = undefined;
    } else if (request && request.value !== undefined) {
      answer(request);
    } else if (request) {
      if (request.kind !== "read") owed = ++server;
      request.value = server;
    } else if (choice === "write elsewhere") {
      foreignWrites--;
      server++;
    } else if (choice === "refetch") {
      refetches--;
      isQueued = live !== undefined;
      handle.refetch();
    } else {
      mutate({}, { client }).catch(() => undefined);
    }
  };

  return {
    choices: () => [
      ...(begun < script.calls.length ? ["call"] : []),
      ...[...pending.values()].map(
        ({ name, value }) => `${value === undefined ? "execute" : "answer"} ${name}`,
      ),
      ...[...pending.values()].flatMap(({ name, value, bring }) =>
        bring && value !== undefined ? [`bring ${name}`] : [],
      ),
      ...(foreignWrites > 0 ? ["write elsewhere"] : []),
      ...(refetches > 0 && shown >= 0 ? ["refetch"] : []),
    ],
    choose: async (choice) => {
      choose(choice);
      // At the server nobody waits for promises.
      if (/^(execute|write)/.test(choice)) return;
      await drain();
      look();
    },
    key: () => {
      const requests = [...pending.values()].map((request) => [
        request.kind,
        request.value,
        request.effects < effects,
        request.changes < changes,
        request.merges < merges,
        request.name === live,
        !!request.bring,
      ]);
      const { isFetching, isStale } = handle.getState();
      const counts = [server, owed, shown, begun, foreignWrites, refetches, overtakings];
      return JSON.stringify([requests, counts, isFetching, isStale, isQueued]);
    },
    wentBackward: () => isBackward,
    isFresh: () => {
      const { status, isFetching, isStale } = handle.getState();
      return status === "success" && !isFetching && !isStale && shown >= owed;
    },
  };
}

/** More turns than any promise of the kernel takes. */
async function drain(): Promise<void> {
  for (let turn = 0; turn < 16; turn++) await undefined;
}
