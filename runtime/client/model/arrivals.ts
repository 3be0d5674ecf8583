/** What reaches clients of the model without their asking: pages that were rendered, and what others wrote. */
import type { Client } from "../client.js";
import { hydrate } from "../hydrate.js";
import { receive } from "../watch.js";
import { PLACES } from "./contract.js";
import type { Ledger } from "./ledger.js";
import { MUTATIONS } from "./mutations.js";
import type { Server } from "./server.js";
import { snapshotNow } from "./views.js";
import type { World } from "./world.js";

/** A client, and what it is told. */
export interface Told {
  readonly client: Client;
  readonly ledger: Ledger;
}

/** What a page was rendered from comes with it, part by part, before anything is let go of for good. */
export function hydrateParts(world: World, server: Server, pickClient: () => Client): void {
  for (const place of PLACES) {
    if (world.chance(0.3)) continue;
    world.after(15 * world.random(), () => {
      const snapshot = snapshotNow(server, place);
      world.after(15 * world.random(), () => hydrate(pickClient(), snapshot));
    });
  }
}

/** Somebody else writes; the clients may be told. */
export function writeElsewhere(world: World, server: Server, all: readonly Told[]): void {
  const { effects, written } = world.pick(MUTATIONS)(world, server);
  if (world.chance(0.5)) return;
  for (const { client, ledger } of all) {
    world.after(20 * world.random(), () => {
      receive(client, effects);
      ledger.owe(written);
    });
  }
}
