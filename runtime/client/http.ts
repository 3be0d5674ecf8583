import { toError, type Answer } from "../wire/answer.js";
import { isObject, own } from "../wire/json.js";
import { retrying } from "./retry.js";
import type { Transport } from "./transport.js";

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

type Headers = Readonly<Record<string, string>>;
export type HeaderSource = Headers | (() => Headers | Promise<Headers>);

const SESSION_RETRIES = 3;

/** JSON over `fetch`, with the session's CSRF token before the first call. */
export function httpTransport({
  baseUrl = "/api/mizan",
  fetch: given,
  headers: source,
  csrf = true,
}: HttpOptions): Transport {
  let session: Promise<string> | undefined;

  const request = async (
    path: string,
    headers: Headers,
    init: RequestInit,
    onSend?: () => void,
  ): Promise<Answer> => {
    const common = typeof source === "function" ? await source() : source;
    onSend?.();
    const response = await (given ?? fetch)(`${baseUrl}/${path}`, {
      ...init,
      headers: { ...common, ...headers },
    });
    const text = await response.text();
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      // A page of a proxy, half an answer, nothing: the status says what there is to say.
    }
    return { status: response.status, body, header: (name) => response.headers.get(name) };
  };

  const askSession = (): Promise<string> =>
    retrying(SESSION_RETRIES, async () => {
      try {
        const answer = await request("session/", {}, {});
        const token = own(answer.body, "csrfToken");
        return typeof token === "string" ? { value: token } : { error: toError(answer, {}) };
      } catch (error) {
        return { error: toError(undefined, {}, error) };
      }
    });

  const call: Transport["call"] = async (fn, args, { headers, onSend }) => {
    const init = { method: "POST", body: JSON.stringify({ fn, args }) };
    const send = async (token: Headers): Promise<Answer> =>
      request("call/", { "Content-Type": "application/json", ...token, ...headers }, init, onSend);
    for (let again = true; csrf; again = false) {
      const asked = (session ??= askSession());
      // Whoever comes next asks anew, unless somebody has already.
      const forget = (): void => {
        if (session === asked) session = undefined;
      };
      asked.catch(forget);
      const answer = await send({ "X-CSRFToken": await asked });
      if (!again || answer.status !== 403 || !isAboutCsrf(answer)) return answer;
      forget();
    }
    return send({});
  };

  return {
    call,
    fetch: (context, params, { headers, signal, onSend }) =>
      // The browser keeps the last bundle and asks with its ETag; it must not answer by itself.
      request(
        `ctx/${encodeURIComponent(context)}/${toQuery(params)}`,
        headers,
        { signal, cache: "no-cache" },
        onSend,
      ),
    reset: () => {
      session = undefined;
    },
  };
}

function isAboutCsrf(answer: Answer): boolean {
  return own(toError(answer, {}).details, "reason") === "csrf";
}

/** Lists by repetition, other objects as JSON text, absent and null left out. */
function toQuery(params: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item === null || item === undefined) continue;
      query.append(name, isObject(item) ? JSON.stringify(item) : String(item));
    }
  }
  return query.size ? `?${query}` : "";
}
