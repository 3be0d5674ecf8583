/** A network that delays: what each request of the model goes through. */
import type { World } from "./world.js";

export interface Network {
  /** Milliseconds of one way through the network. */
  readonly leg: () => number;
  /** Hands a request over, sometimes only after a while, unless the kernel does not want it any more. */
  readonly send: (onSend: () => void, reject: (reason: unknown) => void, sent: () => void) => void;
  /** One stream: what is handed to it arrives later, and never before what was handed to it earlier. */
  readonly openStream: () => (arrive: () => void) => void;
}

export function createNetwork(world: World): Network {
  const leg = (): number =>
    world.chance(0.02)
      ? 1500 * world.random()
      : world.chance(0.1)
        ? 60 * world.random()
        : 10 * world.random();
  return {
    leg,
    send: (onSend, reject, sent) => {
      const handOver = (): void => {
        try {
          onSend();
        } catch (error) {
          reject(error);
          return;
        }
        sent();
      };
      if (world.chance(0.15)) world.after(leg(), handOver);
      else handOver();
    },
    openStream: () => {
      let last = 0;
      return (arrive) => {
        last = Math.max(last, world.now() + leg());
        world.after(last - world.now(), arrive);
      };
    },
  };
}
