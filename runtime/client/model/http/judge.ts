/** What must hold of promises and requests, whatever is shown; see `run.ts`. */
import { own } from "../../../wire/json.js";
import { isMizanError } from "../../errors.js";
import { mayFailWith, type Trouble } from "./trouble.js";

export interface Judge {
  readonly faults: string[];
  /** An error that an event tells of. */
  readonly judge: (error: unknown) => void;
  /** Waits for a promise; `call` is the number of the call that it is of. */
  readonly track: (promise: Promise<unknown>, call?: number) => void;
  /** A request leaves. */
  readonly checkSent: (path: string, body: unknown) => void;
  /** Promises that have not settled. */
  readonly countWaiting: () => number;
}

export function createJudge(trouble: Trouble): Judge {
  const faults: string[] = [];
  const settled = new Set<unknown>();
  let waiting = 0;

  const judge = (error: unknown): void => {
    if (!isMizanError(error)) faults.push(`Failed with ${error}`);
    else if (!mayFailWith(trouble, error)) faults.push(`Failed with ${error.code}`);
  };
  return {
    faults,
    judge,
    track: (promise, call) => {
      waiting++;
      const judgeFailure = (error: unknown): void => {
        // Its caller gave it up.
        if (!/^AbortError/.test(`${error}`)) judge(error);
      };
      void promise.catch(judgeFailure).finally(() => {
        waiting--;
        if (call) settled.add(call);
      });
    },
    checkSent: (path, body) => {
      const call = own(own(body, "args"), "id");
      if (settled.has(call)) faults.push(`Call ${call} was sent after it was given up`);
      const contexts = own(body, "contexts");
      if (path === "/ctx/" && !(Array.isArray(contexts) && contexts.length)) {
        faults.push("A request for nothing was sent");
      }
    },
    countWaiting: () => waiting,
  };
}
