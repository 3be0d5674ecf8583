import type { JsonObject } from "../wire/json.js";
import type { Core } from "./client.js";
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
  /** The last step of reading; where it throws, the answer counts as unreadable. */
  readonly adopt?: (bundle: Bundle) => Bundle;
}

/** Reads the bundle of a context, values unboxed; undeclared slots are left out. Tries again where that may help. */
export function read(
  core: Core,
  { contract, name, slots }: AnyContext,
  params: JsonObject,
  options: ReadOptions,
): Promise<Bundle> {
  const subject = { context: name };
  return limited(core, subject, options, (signal) =>
    retrying<Bundle>(
      core.options.retry ?? 2,
      async () => {
        const exchanged = await exchange(
          core,
          contract,
          subject,
          options,
          (headers) =>
            core.transport.fetch(name, params, {
              headers,
              signal,
              onSend: () => {
                signal.throwIfAborted();
                options.onSend?.();
              },
            }),
          (body) => {
            const bundle = Object.fromEntries(
              Object.entries(slots).map(([slot, words]) => [
                slot,
                take(body, slot, isBoxed(words)),
              ]),
            );
            return options.adopt?.(bundle) ?? bundle;
          },
        );
        if (exchanged.identityChanged && !options.sameIdentity) core.reset();
        return exchanged;
      },
      signal,
    ),
  );
}
