import type { ServerResponse } from "node:http";

/** Takes back what a handler said of a body that it did not get to send: another one is sent in its place. */
export function withdrawBody(response: ServerResponse): void {
  for (const name of response.getHeaderNames()) {
    if (OF_BODIES.test(name)) response.removeHeader(name);
  }
}

const OF_BODIES =
  /^(?:content-.*|cache-control|etag|last-modified|accept-ranges|transfer-encoding)$/i;
