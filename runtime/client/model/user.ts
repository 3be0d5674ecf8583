/** What somebody does with one client of the model: looks at places, and calls functions. */
import { functionOf } from "../call.js";
import type { Client } from "../client.js";
import type { Draft } from "../optimism.js";
import type { CallOptions, Watch } from "../types.js";
import { watch } from "../watch.js";
import type { Args } from "./calls.js";
import { contract, PLACES, type Place, type UserParams } from "./contract.js";
import { ELEMENTS, type ListElement } from "./server.js";
import { look } from "./views.js";
import type { World } from "./world.js";

interface Drafts {
  readonly user: Draft<
    UserParams,
    { readonly profile: { v: number }; orders: readonly ListElement[] }
  >;
}

/** How likely it is known beforehand what a call writes, and of which user. */
export interface CallPlan extends CallOptions<Drafts> {
  readonly user?: number;
  readonly aimed?: number;
}

export interface User {
  readonly mount: () => void;
  readonly release: () => void;
  readonly refetch: () => void;
  readonly call: (plan?: CallPlan) => Promise<unknown>;
  readonly isMounted: (place: Place) => boolean;
}

const mutate = functionOf(contract)<Args, unknown, never, Drafts>("mutate");

/** `check` is called at every notification; `nextId` tells calls apart, also those of others. */
export function createUser(
  world: World,
  client: Client,
  check: () => void,
  nextId: () => number,
): User {
  const mounted: { readonly place: Place; readonly handle: Watch<unknown> }[] = [];
  return {
    mount: () => {
      const place = world.pick(PLACES);
      const handle = look(client, place, watch, world);
      handle.subscribe(check);
      mounted.push({ place, handle });
    },
    release: () => {
      const [gone] = mounted.splice(Math.floor(world.random() * mounted.length), 1);
      gone?.handle.release();
      // As when a component is moved: the same instance, in the same tick.
      if (gone && world.chance(0.2)) {
        gone.handle.retain();
        mounted.push(gone);
      }
    },
    refetch: () => {
      if (mounted.length) world.pick(mounted).handle.refetch();
    },
    call: ({ user = world.pick([1, 2]), aimed = 0.3, ...options } = {}) => {
      const controller = new AbortController();
      if (world.chance(0.15)) world.after(20 * world.random(), () => controller.abort());
      const id = nextId();
      const aim = { user, id: world.pick(ELEMENTS) };
      const element = { id: aim.id, v: -id };
      // No version of any cell is negative.
      const expectRename = (draft: Drafts): void =>
        draft.user({ user_id: user }, ({ profile }) => void (profile.v = -id));
      const expectElement = (draft: Drafts): void =>
        draft.user({ user_id: user }, (shown) => {
          shown.orders = [...shown.orders.filter((other) => other.id !== element.id), element];
        });
      const optimistic = world.chance(0.5) ? world.pick([expectRename, expectElement]) : undefined;
      const args = { id, aim: world.chance(aimed) ? aim : undefined };
      return mutate(args, { client, signal: controller.signal, optimistic, ...options });
    },
    isMounted: (place) => mounted.some((other) => other.place === place),
  };
}
