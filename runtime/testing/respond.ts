/** A `Request` of the platform to a `Response`, by way of the dispatcher. */
import type { WireRequest, WireResponse } from "../server/wire.js";

const MOUNT = "/api/mizan";

/** The path of a mount without a slash at its end, whether it is given with an origin or without. */
export const toMount = (baseUrl: string = MOUNT): string =>
  new URL(baseUrl, "http://localhost").pathname.replace(/\/+$/, "");

export async function respondTo(
  handle: (request: WireRequest) => Promise<WireResponse>,
  request: Request,
  baseUrl?: string,
): Promise<Response> {
  const { status, headers, body } = await handle(toWire(request, toMount(baseUrl)));
  const sent = new Headers();
  for (const [name, values] of Object.entries(headers)) {
    for (const value of [values].flat()) sent.append(name, value);
  }
  const content = typeof body === "string" ? body : toStream(body);
  // Some statuses must not have a body, not even an empty one.
  return new Response(content === "" ? null : content, { status, headers: sent });
}

function toWire(request: Request, mount: string): WireRequest {
  const { method, signal } = request;
  const url = new URL(request.url);
  const headers = Object.fromEntries(request.headers);
  return {
    method,
    path: url.pathname.startsWith(mount) ? url.pathname.slice(mount.length) || "/" : url.pathname,
    query: url.search.slice(1),
    headers,
    secure: url.protocol === "https:",
    host: url.host,
    // Nobody but the test sends it, and what stands between keeps cookies or does not.
    isInProcess: true,
    native: { method, url: request.url, headers },
    readBody: async (limit) => {
      const bytes = new Uint8Array(await request.arrayBuffer());
      return bytes.length > limit ? "too-large" : bytes;
    },
    readChunks: async (take) => {
      const reader = request.body?.getReader();
      for (;;) {
        const piece = await reader?.read();
        if (piece === undefined || piece.done) return "complete";
        if (!(await take(piece.value))) {
          await reader?.cancel();
          return "stopped";
        }
      }
    },
    onAbort: (listener) => signal.addEventListener("abort", listener, { once: true }),
    cut: () => {},
  };
}

/** Pulls one chunk at a time, so that a reader who goes away ends the source. */
function toStream(chunks: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}
