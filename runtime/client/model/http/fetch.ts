/** `fetch` as the kernel sees it: a way to the server that takes its time, loses things, and can be given up. */
import { BASE_URL } from "../../http.js";
import { contract } from "../contract.js";
import { createNetwork } from "../network.js";
import type { World } from "../world.js";
import type { Reply, Trouble } from "./trouble.js";

/** A request that has reached the server. */
export interface Asked {
  /** Below the base URL, with the query. */
  readonly path: string;
  readonly headers: Headers;
  /** Parsed; of a request without one undefined. */
  readonly body: unknown;
  readonly signal: AbortSignal | null | undefined;
  /** To be called when the answer arrives at the client. */
  readonly answer: (reply: Reply) => void;
  /** The client never hears of it. */
  readonly lose: () => void;
}

/** `onSend` hears of every request when it leaves, `serve` when it has arrived. */
export function createFetch(
  world: World,
  { isForeign, isReliable }: Trouble,
  onSend: (path: string, body: unknown) => void,
  serve: (asked: Asked) => void,
): typeof fetch {
  const { leg } = createNetwork(world);
  const common = { [`${contract.headerPrefix}Contract`]: isForeign ? "other" : contract.hash };
  return (url, { signal, headers, body: text } = {}) =>
    new Promise((resolve, reject) => {
      const path = String(url).slice(BASE_URL.length);
      const body: unknown = typeof text === "string" ? JSON.parse(text) : undefined;
      const lose = (): void => reject(new TypeError("fetch failed"));
      const abort = (): void => reject(signal?.reason);
      if (signal?.aborted) return abort();
      signal?.addEventListener("abort", abort);
      onSend(path, body);
      const isSent = navigator.onLine;
      world.after(leg(), () => {
        if (!isSent || !navigator.onLine || (!isReliable && world.chance(0.02))) return lose();
        return serve({
          path,
          headers: new Headers(headers),
          body,
          signal,
          lose,
          answer: (reply) =>
            resolve(
              new Response(reply.body, {
                status: reply.status,
                headers: { ...common, ...reply.headers },
              }),
            ),
        });
      });
    });
}
