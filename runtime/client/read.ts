import type { JsonObject } from "../wire/json.js";
import type { Client } from "./client.js";
import { isBoxed } from "./describe.js";
import { exchange, take } from "./exchange.js";
import { limited } from "./limit.js";
import { retrying } from "./retry.js";
import type { AnyContext, RequestOptions } from "./types.js";

/** The values of one context instance, by slot. */
export type Bundle = JsonObject;

export interface ReadOptions extends RequestOptions {
  /** See `Request.onSend`. */
  readonly onSend?: () => void;
  /** The answer's word about the identity does not count: asked because it has just changed. */
  readonly sameIdentity?: boolean;
}

/**
 * Reads the bundle of a context, values unboxed, undeclared slots left out. Tries again where that may
 * help. `adopt` is the last step of decoding: where it throws, the answer counts as unreadable.
 */
export function read(
  client: Client,
  { contract, name, slots }: AnyContext,
  params: JsonObject,
  options: ReadOptions,
  adopt = (bundle: Bundle): Bundle => bundle,
): Promise<Bundle> {
  const subject = { context: name };
  return limited(client, subject, options, (signal) =>
    retrying(async () => {
      const { value, error, isSomebodyElse } = await exchange(
        client,
        contract,
        subject,
        options,
        (headers) =>
          client.transport.fetch(name, params, {
            headers,
            signal,
            onSend: () => {
              signal.throwIfAborted();
              options.onSend?.();
            },
          }),
        (body) =>
          adopt(
            Object.fromEntries(
              Object.entries(slots).map(([slot, words]) => [
                slot,
                take(body, slot, isBoxed(words)),
              ]),
            ),
          ),
      );
      if (isSomebodyElse && !options.sameIdentity) client.reset();
      if (!value) throw error;
      return value;
    }, client.options.retry ?? 2),
  );
}
