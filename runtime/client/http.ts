/**
 * The default transport: JSON over `fetch`, with the session's CSRF token before the first call. Reads are
 * in `http-read.ts`: functions instead of an object, so that a page without contexts carries none of that.
 */
import { noAnswer, type Answer } from "../wire/answer.js";
import type { Client } from "./client.js";
import { retrying } from "./retry.js";
import type { Request } from "./transport.js";

type Headers = Readonly<Record<string, string>>;

export const BASE_URL = "/api/mizan";

export interface HttpOptions {
  /** Where the server's router is mounted, with or without origin. Default `/api/mizan`. */
  readonly baseUrl?: string | undefined;
  /** Default: the global `fetch`, looked up at each request. */
  readonly fetch?: typeof fetch | undefined;
  /** Read anew for every request, so a getter may give what changes, such as a token. */
  readonly headers?: Headers | undefined;
  /** False where the application has switched CSRF protection off. Default true. */
  readonly csrf?: boolean | undefined;
}

/** See `Transport.call`. The session is asked for once, and once more where the server refuses it. */
export const httpCall = async (
  client: Client,
  fn: string,
  args: unknown,
  request: Request & Pick<RequestInit, "body" | "signal">,
  isLast?: boolean,
): Promise<Answer> => {
  let token;
  if (client.csrf ?? true) {
    const session = await (client._session ??= retrying(
      // All calls wait for it, so it has a limit even where they have none.
      () =>
        send(client, "/session/", {
          signal: AbortSignal.timeout(client.timeoutMs || 30_000),
        }).catch(noAnswer),
      (answer) => answer.body?.csrfToken,
      3,
    ));
    token = session.body?.csrfToken;
    if (!token) {
      // A total failure is forgotten, so that the next call tries again.
      client._session = undefined;
      return session;
    }
  }
  const answer = await send(client, "/call/", {
    method: "POST",
    body: JSON.stringify({ fn, args }),
    // It may bring another body, and that body's type.
    ...request,
    headers: {
      "Content-Type": "application/json",
      ...(token && { "X-CSRFToken": token }),
      ...request.headers,
    },
  });
  if (isLast || answer.body?.details?.["reason"] !== "csrf") return answer;
  client._session = undefined;
  return httpCall(client, fn, args, request, true);
};

/** Sends one request. What `readLines` does not want of the answer's body is read as JSON. */
export const send = async (
  { baseUrl = BASE_URL, headers: common, fetch: ask = fetch }: HttpOptions,
  path: string,
  init: RequestInit & Partial<Request> = {},
  readLines?: (response: Response) => Promise<void>,
): Promise<Answer> => {
  const sent = { ...init, headers: { ...common, ...init.headers } };
  init.onSend?.();
  const response = await ask(baseUrl + path, sent);
  await readLines?.(response);
  const text = await response.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    // A page of a proxy, half an answer, nothing: the status says what there is to say.
  }
  return { status: response.status, headers: response.headers, body };
};
