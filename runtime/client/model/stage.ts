/**
 * For tests: a client whose requests wait on a stage until the test answers them, one by one.
 */
import type { Answer } from "../../wire/answer.js";
import { functionOf } from "../call.js";
import { createClient, type Client, type ClientOptions } from "../client.js";
import type { ClientEvent } from "../events.js";
import { contextOf } from "../generated.js";
import type { ReadRequest, Request } from "../transport.js";
import type { Context } from "../types.js";

export const contract = { hash: "ours", headerPrefix: "X-Mizan-" };

export interface UserParams {
  readonly user_id: number | string;
  readonly limit?: number | null;
}
export interface Profile {
  readonly name: string;
}
export interface Order {
  readonly id: number;
  readonly title: string;
}
export interface UserData {
  readonly profile: Profile;
  readonly orders: readonly Order[];
}

/** `limit` is nullable without a default; `count` is boxed and takes nothing. */
export const userContext: Context<UserParams, UserData> = contextOf(contract)("user", {
  profile: "user_id:integer",
  orders: "user_id:integer limit:integer?",
});
export const totalContext: Context<
  Readonly<Record<string, never>>,
  { readonly count: number }
> = contextOf(contract)("total", { count: "box" });

/** Any mutation: the test decides what it answers. */
export const mutate = functionOf(contract)<object, unknown, never>("mutate");

export interface Staged {
  /** The function or the context that is asked. */
  readonly name: string;
  readonly input: { readonly user_id?: unknown };
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
  /** What a transport tells ahead of the answer; does nothing where nobody wants to know. */
  readonly bring: (part: object) => Promise<void>;
  /** The body arrives as JSON would bring it. */
  readonly answer: (
    body?: unknown,
    status?: number,
    headers?: Record<string, string>,
  ) => Promise<void>;
  readonly fail: (reason?: unknown) => Promise<void>;
}

export interface Stage {
  readonly client: Client;
  /** Requests not answered yet, in the order in which they were sent. */
  readonly waiting: Staged[];
  readonly events: ClientEvent[];
  /** The first request that waits, of this name if one is given; it waits no more. */
  readonly next: (name?: string) => Staged;
}

export function createStage(options: ClientOptions = {}): Stage {
  const waiting: Staged[] = [];
  const events: ClientEvent[] = [];
  const enter = (
    name: string,
    input: Staged["input"],
    { headers, onSend, signal, onPart }: Request & Partial<ReadRequest>,
  ): Promise<Answer> => {
    onSend();
    return new Promise((resolve, reject) => {
      waiting.push({
        name,
        input,
        headers,
        signal,
        bring: async (part) => {
          onPart?.(JSON.parse(JSON.stringify(part)));
          await settled();
        },
        answer: async (body, status = 200, received = {}) => {
          resolve({
            status,
            headers: new Map(Object.entries(received)),
            body: body === undefined ? undefined : JSON.parse(JSON.stringify(body)),
          });
          await settled();
        },
        fail: async (reason = new TypeError("fetch failed")) => {
          reject(reason);
          await settled();
        },
      });
    });
  };
  const client = createClient({
    transport: {
      call: async (fn, _args, request) => enter(fn, {}, request),
      fetch: async (context, params, request) => enter(context, params, request),
    },
    retry: 0,
    timeoutMs: 0,
    onEvent: (event) => void events.push(event),
    ...options,
  });
  return {
    client,
    waiting,
    events,
    next: (name) => {
      const at = waiting.findIndex((request) => name === undefined || request.name === name);
      const [found] = at < 0 ? [] : waiting.splice(at, 1);
      if (!found) throw new Error(`Nothing waits${name ? ` for ${name}` : ""}`);
      return found;
    },
  };
}

/** After this, everything that promises alone can bring about has happened. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
