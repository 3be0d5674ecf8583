/** What was shown, step by step, and what is wrong with it. */
import type { Server } from "../../../runtime/client/model/server.js";
import { ELEMENTS, type Data, type Order, type Query, type Value } from "./app.js";
import type { Outcome } from "./backend.js";

/** One cell as it was shown: a version of the server, absence, or what a mutation is expected to make of it. */
interface Sight {
  readonly value: Value | null;
}

export interface Screen {
  readonly see: (query: Query, data: Data | undefined) => void;
  /** To be asked at the end, when it is known what became of each mutation. */
  readonly backward: () => number;
  /** Whether it is older than the mutations of this client; `isAnswered`: those that it has an answer to. */
  readonly isBehind: (query: Query, data: Data, isAnswered: boolean) => boolean;
}

export function createScreen(server: Server, outcomes: ReadonlyMap<number, Outcome>): Screen {
  const sights = new Map<string, Sight[]>();

  return {
    see: (query, data) => {
      if (data === undefined) return;
      for (const [cell, value] of cellsOf(query, data)) {
        const seen = sights.get(cell) ?? [];
        const last = seen.at(-1);
        if (last && last.value?.v === value?.v && last.value?.own === value?.own) continue;
        seen.push({ value });
        sights.set(cell, seen);
      }
    },
    backward: () => {
      let steps = 0;
      for (const [cell, seen] of sights) {
        const history = server.history(cell);
        const versionOf = (call: number): number => {
          const outcome = outcomes.get(call);
          return outcome?.isAnswered ? (outcome.versions.get(cell) ?? 0) : 0;
        };
        let newest = 0;
        let own = 0;
        for (const { value } of seen) {
          if (value?.own !== undefined) {
            own = versionOf(value.own);
            continue;
          }
          const floor = Math.max(newest, own);
          // Absence has no number: it is the first one that is not older, if there is any.
          const version = value?.v ?? history.indexOf(false, floor);
          if (version >= floor) newest = version;
          else steps++;
        }
      }
      return steps;
    },
    isBehind: (query, data, isAnswered) =>
      cellsOf(query, data).some(([cell, value]) => {
        const history = server.history(cell);
        const version = value === null ? history.lastIndexOf(false) : value.v;
        return [...outcomes.values()].some(
          (outcome) =>
            (outcome.isAnswered || !isAnswered) && version < (outcome.versions.get(cell) ?? 0),
        );
      }),
  };
}

function cellsOf(query: Query, data: Data): (readonly [cell: string, value: Value | null])[] {
  if (!isList(data)) return [[query, data]];
  return ELEMENTS.map((id) => [
    `${query}:${id}`,
    data.find((element) => element.id === id) ?? null,
  ]);
}

function isList(data: Data): data is readonly Order[] {
  return Array.isArray(data);
}
