/**
 * A transport for clients of the same process: pages rendered on the server, and tests. Requests take the way of
 * any other through the dispatcher, as bytes, so that no value is shared by reference; they only pass no socket.
 */
import type { Transport } from "../../client/transport.js";
import { toQuery } from "../../wire/query.js";
import type { AppRequest, BaseRequest } from "../register.js";
import { isRecord } from "../values/own.js";
import type { WireRequest } from "../wire.js";
import type { Mizan } from "../server.js";

export interface InProcessOptions {
  /**
   * The request for whose sender the page is rendered: `authenticate` and handlers get it as theirs, and its
   * headers, cookies and tokens among them, are handed on. Without it they get one of `headers` alone.
   */
  readonly request?: AppRequest & Pick<BaseRequest, "headers">;
  /** Further headers; of equal names these win. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request as it is sent from here. */
type Sent = Pick<WireRequest, "method" | "path"> & {
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
};

/** Sends one request, and resolves with its answer whole. */
export type Send = (sent: Sent) => ReturnType<Transport["call"]>;

/** For whom requests of this process are sent, once and for all. */
export function createSend(
  { handle }: Pick<Mizan, "handle">,
  { request, headers = {} }: InProcessOptions = {},
): Send {
  const own = { ...(request && handedOn(request.headers)), ...lowerCase(headers) };
  const native = request ?? { headers: own };

  return async ({ query = "", body = "", signal, ...sent }) => {
    const bytes = typeof body === "string" ? Buffer.from(body) : body;
    const answer = await handle({
      ...sent,
      query,
      headers: { ...own, ...lowerCase(sent.headers) },
      secure: false,
      host: undefined,
      native,
      isInProcess: true,
      readBody: async (limit) => (bytes.length > limit ? "too-large" : bytes),
      readChunks: async (take) => ((await take(bytes)) ? "complete" : "stopped"),
      onAbort: (listener) => {
        if (signal?.aborted === true) listener();
        else signal?.addEventListener("abort", listener, { once: true });
      },
      cut: () => {},
    });
    const answered = new Headers();
    for (const [name, values] of Object.entries(answer.headers)) {
      for (const value of [values].flat()) answered.append(name, value);
    }
    return {
      status: answer.status,
      headers: answered,
      body: JSON.parse(await textOf(answer.body)),
    };
  };
}

/**
 * `createClient({ transport: inProcess(mizan, { request }) })`: one client per request of a user, as a client
 * keeps what that user may see. Nobody can forge a request in this process, so that neither an `Origin` nor a
 * CSRF token is asked for; who sends it is found out as ever.
 *
 * Calls that carry files are refused (`NETWORK`, never sent): files are streamed from a form, which there is none
 * of here. Headers that handlers set reach nobody but `headers` of an answer.
 */
export function inProcess(mizan: Pick<Mizan, "handle">, options?: InProcessOptions): Transport {
  const send = createSend(mizan, options);
  return {
    call: async (fn, args, { headers, onSend }) => {
      if (carriesFiles(args)) {
        throw new TypeError(`${fn} was given files, which need a client that speaks HTTP`);
      }
      const body = JSON.stringify({ fn, args });
      onSend();
      const type = { "content-type": "application/json" };
      return send({ method: "POST", path: "/call/", headers: { ...headers, ...type }, body });
    },
    fetch: async (context, params, { headers, onSend, signal }) => {
      const query = `${toQuery(params)}`;
      onSend();
      const path = `/ctx/${encodeURIComponent(context)}/`;
      return send({ method: "GET", path, query, headers, signal });
    },
  };
}

/** Whether a call's arguments can only travel as a form. */
export const carriesFiles = (args: unknown): boolean =>
  isRecord(args) &&
  Object.values(args)
    .flat()
    .some((value) => value instanceof Blob);

/** What is said of one message and its connection, or of the page that sends it, is not true of another. */
const OF_ONE_MESSAGE =
  /^(?:accept|accept-encoding|connection|content-.*|expect|if-.*|keep-alive|origin|range|te|trailer|transfer-encoding|upgrade)$/;

const handedOn = (headers: BaseRequest["headers"]): WireRequest["headers"] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_ONE_MESSAGE.test(name)));

const lowerCase = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

async function textOf(body: string | AsyncIterable<string>): Promise<string> {
  if (typeof body === "string") return body;
  let text = "";
  for await (const chunk of body) text += chunk;
  return text;
}
