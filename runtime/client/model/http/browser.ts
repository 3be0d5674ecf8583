/** What a page has beside `fetch`: a connection that comes and goes, a clock that is set, and other tabs. */
import { createNetwork } from "../network.js";
import type { World } from "../world.js";

export interface Browser {
  /** What is done from now on, until somebody else acts, is done in this tab. */
  readonly act: (tab: number) => void;
  readonly loseConnection: () => void;
  readonly setClock: () => void;
  readonly leave: () => void;
}

/** After `enter(world)`, whose clock it sets. `onMessage` hears what a tab is about to hear of another. */
export function openBrowser(
  world: World,
  onMessage: (tab: number, message: unknown) => void,
): Browser {
  /** Who waits for the connection. Not an `EventTarget`: Node warns of many that wait. */
  const waiting = new Set<() => void>();
  const navigator = { onLine: true };
  const { now } = Date;
  let skewMs = 0;
  let acting = 0;
  const restore = replaceGlobals({
    navigator,
    document: {},
    addEventListener: (_online: string, listener: () => void) => waiting.add(listener),
    BroadcastChannel: channelClass(world, () => acting, onMessage),
  });
  Date.now = () => now() + skewMs;
  return {
    act: (tab) => void (acting = tab),
    loseConnection: () => {
      navigator.onLine = false;
      world.after(100 * world.random(), () => {
        navigator.onLine = true;
        const listeners = [...waiting];
        waiting.clear();
        for (const listener of listeners) listener();
      });
    },
    setClock: () => void (skewMs += world.pick([-100_000, -5000, 5000, 100_000])),
    leave: () => {
      Date.now = now;
      restore();
    },
  };
}

/** A `BroadcastChannel`, as far as the kernel uses one, whose messages take as long as answers do. */
function channelClass(
  world: World,
  getTab: () => number,
  onMessage: (tab: number, message: unknown) => void,
) {
  const { leg } = createNetwork(world);
  const open = new Set<Channel>();
  class Channel {
    readonly tab = getTab();
    onmessage: ((event: { readonly data: unknown }) => void) | undefined;
    readonly name: string;
    constructor(name: string) {
      this.name = name;
      open.add(this);
    }
    postMessage(message: unknown): void {
      if (!open.has(this)) throw new Error("The channel is closed");
      for (const other of open) {
        if (other === this || other.name !== this.name) continue;
        const data = structuredClone(message);
        world.after(leg(), () => {
          if (!open.has(other)) return;
          onMessage(other.tab, data);
          other.onmessage?.({ data });
        });
      }
    }
    close(): void {
      open.delete(this);
    }
  }
  return Channel;
}

/** The answer brings back what was there. */
function replaceGlobals(values: Readonly<Record<string, unknown>>): () => void {
  const before = Object.keys(values).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const,
  );
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(globalThis, name, { configurable: true, writable: true, value });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  };
}
