/**
 * Handlers for Mock Service Worker 2 and 3: whatever a page asks of the API, the server in memory answers, in the whole
 * of the wire protocol: sessions, calls with and without files, bundles, batches and streams.
 *
 * msw is not imported here, so nobody needs it who does not use it, and there can be no second copy of it.
 */
import { parseUrl } from "../wire/url.js";
import { toMount } from "./respond.js";
import type { TestMizan } from "./types.js";

/** What is asked of msw's `http`. */
export interface MswHttp<Handler> {
  readonly all: (
    path: string,
    resolver: (info: { readonly request: Request }) => Promise<Response>,
  ) => Handler;
}

export interface MswOptions<Handler> {
  /** The one that msw exports. */
  readonly http: MswHttp<Handler>;
  /** Where the client thinks the API is. Default `/api/mizan`, on any origin. */
  readonly baseUrl?: string;
}

/** `setupServer(...mswHandlers(server, { http }))`, or `setupWorker`. */
export function mswHandlers<Handler>(
  server: Pick<TestMizan<never>, "respond">,
  { http, baseUrl }: MswOptions<Handler>,
): readonly Handler[] {
  const mount = toMount(baseUrl);
  // With an origin only that one is meant.
  const origin = parseUrl(baseUrl ?? "")?.origin ?? "*";
  return [http.all(`${origin}${mount}/*`, ({ request }) => server.respond(request, baseUrl))];
}
