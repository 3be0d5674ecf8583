import { toError, type Answer } from "../wire/answer.js";
import { own } from "../wire/json.js";
import { retrying } from "./retry.js";
import type { Transport } from "./transport.js";

type Headers = Readonly<Record<string, string>>;

export interface HttpOptions {
  /** Where the server's router is mounted, with or without origin. Default `/api/mizan`. */
  readonly baseUrl?: string | undefined;
  /** Default: the global `fetch`, looked up at each request. */
  readonly fetch?: typeof fetch | undefined;
  /** For every request; a function is asked before each. */
  readonly headers?: HeaderSource | undefined;
  /** False where the application has switched CSRF protection off. Default true. */
  readonly csrf?: boolean | undefined;
}

export type HeaderSource = Headers | (() => Headers | Promise<Headers>);

const SESSION_RETRIES = 3;

/** JSON over `fetch`, with the session's CSRF token before the first call. */
export function httpTransport({
  baseUrl = "/api/mizan",
  fetch: send = (...request) => fetch(...request),
  headers: common,
  csrf = true,
}: HttpOptions): Transport {
  let session: Promise<string> | undefined;

  const request = async (
    path: string,
    init: RequestInit,
    headers?: Headers,
    onSend?: () => void,
  ): Promise<Answer> => {
    const shared = typeof common === "function" ? await common() : common;
    onSend?.();
    const response = await send(`${baseUrl}/${path}`, {
      ...init,
      headers: { ...shared, ...headers },
    });
    const text = await response.text();
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      // A page of a proxy, half an answer, nothing: the status says what there is to say.
    }
    return { status: response.status, headers: response.headers, body };
  };

  const askSession = async (): Promise<string> => {
    const answer = await request("session/", {}).catch((error) => {
      throw toError(undefined, {}, error);
    });
    const token = answer.body?.["csrfToken"];
    if (typeof token !== "string") throw toError(answer, {});
    return token;
  };

  return {
    call: async (fn, args, { headers, onSend }) => {
      const body = JSON.stringify({ fn, args });
      const post = async (): Promise<Answer> => {
        // A total failure is forgotten, so that the next call tries again.
        session ??= retrying(askSession, SESSION_RETRIES).catch((error) => {
          session = undefined;
          throw error;
        });
        const token = csrf && { "X-CSRFToken": await session };
        return request(
          "call/",
          { method: "POST", body },
          { "Content-Type": "application/json", ...token, ...headers },
          onSend,
        );
      };
      const answer = await post();
      const isRefused =
        answer.status === 403 && own(toError(answer, {}).details, "reason") === "csrf";
      if (!isRefused) return answer;
      session = undefined;
      return post();
    },
    fetch: (context, params, { headers, signal, onSend }) =>
      request(
        `ctx/${encodeURIComponent(context)}/?${toQuery(params)}`,
        // The browser keeps the last bundle and asks with its ETag; it must not answer by itself.
        { signal, cache: "no-cache" },
        headers,
        onSend,
      ),
    reset: () => {
      session = undefined;
    },
  };
}

/** Lists by repetition, other objects as JSON text. */
function toQuery(params: Readonly<Record<string, unknown>>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) =>
      [value]
        .flat()
        .map((item) => [name, typeof item === "object" ? JSON.stringify(item) : String(item)]),
    ),
  );
}
