import type { Client } from "./client.js";
import type { Context } from "./types.js";
import { watch } from "./watch.js";

/** Params may be left out where all of them may. */
type Params<P> = {} extends P ? [params?: P] : [params: P];

/**
 * Asks for an instance that nothing shows yet, unless what is there will do: before the first rendering, in the loader
 * of a router, when a pointer comes near a link. Whoever mounts it meanwhile waits for the same answer, later ones find
 * it; what nobody mounts is forgotten after `gcMs`.
 *
 * Resolves when the read has ended, well or not: what mounts a failed instance asks anew, and shows why it fails. Reads
 * that are begun in one tick go out in one request.
 */
export const prefetch = <P, Data>(
  client: Client,
  context: Context<P, Data>,
  ...[params]: Params<P>
): Promise<void> =>
  new Promise((resolve) => {
    const { getState, subscribe, release } = watch(client, context, params);
    const look = (): void => {
      if (getState().isFetching) return;
      end();
      release();
      resolve();
    };
    const end = subscribe(look);
    look();
  });
