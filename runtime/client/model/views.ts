/** How the model looks at a place: through a handle of a client, or through the page that a server rendered. */
import type { Client } from "../client.js";
import { describe, unboxed } from "../describe.js";
import type { Snapshot } from "../hydrate.js";
import type { Watch } from "../types.js";
import type { watch } from "../watch.js";
import {
  contract,
  slotNow,
  teamContext,
  userContext,
  type Place,
  type TeamData,
  type UserData,
} from "./contract.js";
import type { Server } from "./server.js";
import type { World } from "./world.js";

/** The instance at a place, by one of the spellings of its params where there is a world to draw it. */
export function look(
  client: Client,
  place: Place,
  by: typeof watch,
  world?: World,
): Watch<UserData | TeamData> {
  if (place.context === "team") return by(client, teamContext, {});
  const { user, kind } = place;
  const user_id = world ? world.pick([user, String(user), `0${user}`]) : user;
  return by(
    client,
    userContext,
    kind === null && world?.chance(0.5) ? { user_id } : { user_id, kind },
  );
}

/** What a page shows that was rendered from what the server says now. */
export function snapshotNow(server: Server, place: Place): Snapshot {
  const context = place.context === "team" ? teamContext : userContext;
  const params = place.context === "team" ? {} : { user_id: place.user, kind: place.kind };
  const { key } = describe(context, params);
  const data = Object.fromEntries(
    Object.entries(context.slots).map(([slot, words]) => [
      slot,
      unboxed(words, slotNow(server, place, slot)),
    ]),
  );
  return { contexts: [{ contract: contract.hash, key, data, isStale: false }] };
}
