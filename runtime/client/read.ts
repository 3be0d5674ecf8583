import { noAnswer, type Body } from "../wire/answer.js";
import { own, type JsonObject } from "../wire/json.js";
import type { Client } from "./client.js";
import { unboxed } from "./describe.js";
import { exchange } from "./exchange.js";
import { httpFetch } from "./http-read.js";
import { LONGEST_WAIT_S } from "./limits.js";
import { isOffline, later, mayPass, retrying } from "./retry.js";
import type { AnyContext, RequestOptions } from "./types.js";

/** The values of one context instance, by slot. */
export type Bundle = JsonObject;

/**
 * Reads the bundle of a context, values unboxed, undeclared slots left out. Tries again where that may
 * help, with the params of that moment. `onSend` as in `Request`; `adopt` is the last step of decoding: where
 * it throws, the answer counts as unreadable. `onPart` gets what comes before the rest, where some does. Where no
 * answer comes while the browser is offline, it waits until that is over, and asks anew.
 */
export const read = async (
  client: Client,
  context: AnyContext,
  getParams: () => JsonObject,
  options: RequestOptions,
  onSend: () => void,
  adopt: (bundle: Bundle) => Bundle,
  onPart?: (part: Bundle) => void,
): Promise<Bundle> => {
  const { contract, name, slots } = context;
  const { signal: given } = options;
  return exchange(
    client,
    contract,
    { context: name },
    options,
    onSend,
    async (request, errorOf, signal) => {
      const stoppable = {
        ...request,
        signal,
        onPart: onPart && ((body: Body): void => onPart(decode(body, slots, true))),
      };
      let bundle: Bundle = {};
      const failure = await retrying(
        async () => {
          const params = getParams();
          const answer = await (
            client.transport?.fetch(name, params, stoppable) ??
            httpFetch(client, context, params, stoppable)
          ).catch(noAnswer);
          try {
            bundle = adopt(decode(answer.body, slots));
            return errorOf(answer, bundle);
          } catch (cause) {
            // Of what says by its status that it is no bundle nobody has to be told.
            return errorOf(answer.status < 300 ? { cause, ...answer } : answer);
          }
        },
        (error) => {
          if (!mayPass(error)) return true;
          const wait = Number(error?.headers?.get("Retry-After"));
          return wait > LONGEST_WAIT_S || later(wait * 1000);
        },
        client.retry ?? 2,
      );
      if (failure) throw failure;
      return bundle;
    },
  ).catch(async (error: unknown) => {
    // Who answers all the same is on this machine, or a service worker: browsers know of networks alone.
    if (!isOffline() || own(error, "status") !== 0) throw error;
    await new Promise((resolve, reject) => {
      addEventListener("online", resolve, { once: true });
      given?.addEventListener("abort", () => reject(given.reason));
    });
    return read(client, context, getParams, options, onSend, adopt, onPart);
  });
};

const decode = (body: unknown, slots: AnyContext["slots"], isPart?: boolean): Bundle =>
  Object.fromEntries(
    Object.entries(slots).flatMap(([slot, words]) => {
      const value = unboxed(words, own(body, slot));
      if (value !== undefined) return [[slot, value]];
      if (isPart) return [];
      throw Error(`The answer has no ${slot}`);
    }),
  );
