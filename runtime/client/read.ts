import { noAnswer, toError, type Answer } from "../wire/answer.js";
import { MizanError } from "../wire/error.js";
import { own, type JsonObject } from "../wire/json.js";
import type { Client } from "./client.js";
import { unboxed } from "./describe.js";
import { exchange } from "./exchange.js";
import { httpFetch } from "./http.js";
import { mayPass, retrying } from "./retry.js";
import type { AnyContext, RequestOptions } from "./types.js";

/** For longer nobody waits in front of a screen: the error is shown instead. */
const LONGEST_WAIT_S = 30;

/** The values of one context instance, by slot. */
export type Bundle = JsonObject;

/**
 * Reads the bundle of a context, values unboxed, undeclared slots left out. Tries again where that may
 * help. `onSend` as in `Request`; `adopt` is the last step of decoding: where it throws, the answer
 * counts as unreadable.
 */
export function read(
  client: Client,
  { contract, name, slots }: AnyContext,
  params: JsonObject,
  options: RequestOptions,
  onSend: () => void,
  adopt: (bundle: Bundle) => Bundle,
): Promise<Bundle> {
  const subject = { context: name };
  return exchange(client, contract, subject, options, async (headers, signal) => {
    const request = {
      headers,
      signal,
      onSend: () => {
        signal.throwIfAborted();
        onSend();
      },
    };
    const got = await retrying(
      async () => {
        const answer = await (
          client.transport?.fetch(name, params, request) ?? httpFetch(client, name, params, request)
        ).catch(noAnswer);
        try {
          return adopt(decode(answer, slots));
        } catch (cause) {
          return toError(subject, { cause, ...answer });
        }
      },
      (answer) => {
        if (!(answer instanceof MizanError) || !mayPass(answer)) return true;
        const wait = Number(answer.headers?.get("Retry-After"));
        return wait > LONGEST_WAIT_S || later(wait);
      },
      client.retry ?? 2,
    );
    if (got instanceof MizanError) throw got;
    return got;
  });
}

function decode({ status, body }: Answer, slots: AnyContext["slots"]): Bundle {
  return Object.fromEntries(
    Object.entries(slots).map(([slot, words]) => {
      const value = status < 300 ? unboxed(words, own(body, slot)) : undefined;
      if (value === undefined) throw Error(`The answer has no ${slot}`);
      return [slot, value];
    }),
  );
}

function later(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}
