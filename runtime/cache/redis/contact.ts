/**
 * Whether Redis can be relied on, for each context by itself, as on a cluster one node may be away.
 *
 * A contact is *doubtful* while a command that was waited for in vain is still unanswered, and *lost* after a
 * lookup or a purge failed, after the connection went, or when doubt has lasted for too long. Both mean: no
 * lookups, answers are made anew. Doubt ends with the late answer, as Redis has then executed what was sent
 * before. A loss ends only once the whole context was abandoned in Redis: purges may have been missed meanwhile,
 * by this process or by another that lost Redis at the same time.
 */
import { randomBytes } from "node:crypto";
import type { RedisClient } from "./client.js";
import type { Outage } from "./outage.js";
import { abandon, type Script } from "./scripts.js";

export type ContactOptions = {
  /** Null while there is none. */
  readonly client: () => RedisClient | null;
  readonly outage: Outage;
  /** Milliseconds that a request waits for one command. */
  readonly limitMs: number;
  /** KEYS and ARGV of the script `abandon`, without the random text. */
  readonly wholeToken: string;
  readonly family: string;
  readonly tokenLife: string;
};

/** Milliseconds after which an unanswered command is given up, and the connection with it. */
const PATIENCE_MS = 2000;
const SHORTEST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 1000;

export class Contact {
  readonly #options: ContactOptions;
  /** Commands that were waited for in vain. */
  readonly #unanswered = new Set<object>();
  #isLost = false;
  /** Counted, as a loss may come while an earlier one is being made good. */
  #losses = 0;
  #retry: NodeJS.Timeout | null = null;
  #retryMs = 0;

  constructor(options: ContactOptions) {
    this.#options = options;
  }

  /** Whether a lookup may be tried. */
  get isGood(): boolean {
    return this.#unanswered.size === 0 && !this.#isLost && this.isConnected;
  }

  get isConnected(): boolean {
    return this.#options.client()?.status === "ready";
  }

  /**
   * Answers the reply, or null if the command failed or was not answered in time; `late` gets a reply that came
   * after that. The failure of an `essential` command is a loss.
   */
  run(
    script: Script,
    keys: readonly string[],
    args: readonly string[],
    { essential = true, late }: { essential?: boolean; late?: (reply: unknown) => void } = {},
  ): Promise<unknown> {
    const command = {};
    return new Promise((resolve) => {
      let isLate = false;
      const limit = afterListening(this.#options.limitMs, () => {
        isLate = true;
        this.#doubt(command);
        resolve(null);
      });
      const settle = (): void => {
        limit.clear();
        if (this.#unanswered.delete(command)) this.#endIfGood();
      };
      this.#send(script, keys, args).then(
        (reply) => {
          settle();
          if (isLate) late?.(reply);
          else resolve(reply);
        },
        (error: unknown) => {
          if (essential) this.lose(error);
          settle();
          resolve(null);
        },
      );
    });
  }

  /** Something may have been missed: nothing that is stored now will be served again. */
  lose(reason: unknown): void {
    this.#losses += 1;
    this.#isLost = true;
    this.#unanswered.clear();
    this.#options.outage.begin(this, reason);
    this.recover();
  }

  /** Tries to make a loss good, now and again until it is. */
  recover(): void {
    if (!this.#isLost) return;
    if (this.#retry !== null) clearTimeout(this.#retry);
    this.#retryMs = Math.min(Math.max(2 * this.#retryMs, SHORTEST_RETRY_MS), LONGEST_RETRY_MS);
    this.#retry = setTimeout(() => this.recover(), this.#retryMs).unref();
    if (!this.isConnected) return;
    const losses = this.#losses;
    const { wholeToken, family, tokenLife } = this.#options;
    this.#send(abandon, [wholeToken], [family, freshToken(), tokenLife]).then(
      () => {
        if (losses !== this.#losses) return;
        this.#isLost = false;
        this.#retryMs = 0;
        this.#endIfGood();
      },
      // It is still lost, and the next attempt is planned.
      () => {},
    );
  }

  close(): void {
    this.#isLost = false;
    this.#unanswered.clear();
    if (this.#retry !== null) clearTimeout(this.#retry);
  }

  #doubt(command: object): void {
    this.#unanswered.add(command);
    this.#options.outage.begin(this, "no answer in time");
    setTimeout(() => {
      if (this.#unanswered.has(command)) this.lose("no answer at all");
    }, PATIENCE_MS).unref();
  }

  #endIfGood(): void {
    if (this.#unanswered.size === 0 && !this.#isLost) this.#options.outage.end(this);
  }

  async #send(script: Script, keys: readonly string[], args: readonly string[]): Promise<unknown> {
    const client = this.#options.client();
    if (client === null) throw new Error("not connected yet");
    try {
      return await client.evalsha(script.sha, keys.length, ...keys, ...args);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error;
      return client.eval(script.lua, keys.length, ...keys, ...args);
    }
  }
}

/** Of 128 random bits: two that were never made together are never equal. */
export const freshToken = (): string => randomBytes(16).toString("base64url");

/** Parts of a time limit; how long this process may be busy with something else and lose only one of them. */
const PARTS = 4;

/**
 * Calls back after this time, in which this process was listening. The time is waited for in parts, each followed
 * by reading what has arrived, and a part counts once, however late its timer comes: of a process that was busy
 * itself, or got no processor, nothing is late for that.
 */
function afterListening(milliseconds: number, callback: () => void): { clear(): void } {
  let timer: NodeJS.Timeout;
  let immediate: NodeJS.Immediate | undefined;
  const wait = (parts: number): void => {
    timer = setTimeout(() => {
      immediate = setImmediate(() => (parts === 1 ? callback() : wait(parts - 1)));
    }, milliseconds / PARTS);
  };
  wait(PARTS);
  return {
    clear() {
      clearTimeout(timer);
      clearImmediate(immediate);
    },
  };
}
