/**
 * Clients that a root made for a rendering which React threw away, as something below suspended where no boundary
 * stood between. The rendering that follows goes on with its client: another one would ask anew, be thrown away, and
 * so on without end. A page without suspense hooks carries none of this, as nothing else asks before it is shown.
 *
 * React does not say which rendering follows which, and what a client knows is its user's. So one is found only by a
 * root that was given the very same options, while somebody waits for it and a moment longer, and not once it is shown.
 */
import type { Client, ClientOptions } from "../client/client.js";
import { later } from "../client/retry.js";
import { same } from "./context.js";
import { unshown, type Owner, type View } from "./scope.js";

/** So long React may take to render again once what was waited for is there. */
const LONGEST_RENDERING_MS = 1000;

/** More than so many clients that were never shown, within so long, are of a root that makes another one each time. */
const MOST_WASTED = 10;
const WASTED_FOR_MS = 10_000;

/** Those of one contract's roots. */
export interface Lost {
  /** @internal One that was made of such options, and may be waiting for its root. */
  readonly _find: (options: ClientOptions) => Client | undefined;
  /** @internal Something below its root suspends until then. Throws where that has gone round in circles. */
  readonly _keep: (client: Client, until: Promise<void>) => void;
}

/** To be called where a hook suspends until then. */
export const keep = (view: View, until: Promise<void>): void => {
  const { _client: client, _description: description } = view;
  const owner: Owner<unknown> | undefined = description?.context.contract;
  // A server renders for many users, and never renders a root again.
  if (!owner || !unshown.has(client) || !globalThis.document) return;
  (owner._lost ??= createLost())._keep(client, until);
};

const createLost = (): Lost => {
  /** With what is waited for, or was last. */
  const lost = new Map<Client, Promise<void>>();
  /** Those that nobody came back for, lately. */
  let wasted = 0;

  const forget = async (client: Client, until: Promise<void>): Promise<void> => {
    await until;
    await later(LONGEST_RENDERING_MS);
    if (lost.get(client) !== until) return;
    lost.delete(client);
    if (!unshown.has(client)) return;
    wasted++;
    await later(WASTED_FOR_MS);
    wasted--;
  };

  return {
    _find: (options) =>
      [...lost.keys()].find((client) => {
        const made = unshown.get(client);
        return made && same(made, options) && same(options, made);
      }),
    _keep: (client, until) => {
      if (wasted > MOST_WASTED) {
        throw Error(
          "MizanContext makes another client each time, as its options are new each time: make them outside of " +
            "what renders, or put a <Suspense> below it",
        );
      }
      lost.set(client, until);
      void forget(client, until);
    },
  };
};
