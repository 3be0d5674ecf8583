/**
 * The client of one server and one user: options, transport, and what calls and reads share.
 *
 * It holds no data. The store of context instances attaches at its first use (`watch.ts`), so that a
 * page that only calls functions carries none of it; effects without a store have nobody to reach.
 *
 * Words: a *call* asks a function, a *read* asks for the bundle of a context; an *effect* is what a
 * call's answer says about data; the *clock* counts the steps of this client, across all instances.
 *
 * A name that begins with an underscore, here and in the files beside, is ours alone: the build writes a
 * letter for it, and takes what is marked as internal out of the declarations.
 */
import type { Answer } from "../wire/answer.js";
import type { ClientEvent } from "./events.js";
import type { HttpOptions } from "./http.js";
import type { Read } from "./http-read.js";
import type { Store } from "./store.js";
import type { Transport } from "./transport.js";

export interface ClientOptions extends HttpOptions {
  /** How often a failed read is tried again. Calls never are. Default 2. */
  readonly retry?: number | undefined;
  /** Milliseconds until a call or read is given up; 0 is never. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds for which an instance is kept that nobody watches. Default five minutes. */
  readonly gcMs?: number | undefined;
  /**
   * Tabs of one browser that show the same `baseUrl` tell each other what their calls made old, and of a `reset`.
   * Default true; a client with a `transport`, and one outside a page, is told nothing.
   */
  readonly tabs?: boolean | undefined;
  /** Default: HTTP, with the options above. */
  readonly transport?: Transport | undefined;
  /** Default: what the generated code's contract says. */
  readonly headerPrefix?: string | undefined;
  /** Everything that happens, in order. */
  readonly onEvent?: ((event: ClientEvent) => void) | undefined;
}

/** Applications make it, hand it around and `reset` it; the rest is for this package. */
export interface Client extends ClientOptions {
  /**
   * Drops all data and the session, and fetches mounted instances anew: for another user. Runs by itself
   * when a call's answer says `X-Mizan-Identity: changed` and anything was ever watched; without data, a
   * token that is refused is fetched anew anyway. Of a read's answer that word is not taken, as the reads
   * that follow could say it again without end.
   */
  readonly reset: () => void;
  /** @internal Another one after each reset: what is remembered of the one before is not for this one. */
  _user?: object;
  /** @internal Whoever remembers something, and is told of it at once. */
  _onReset?: Set<() => void>;
  /** @internal */
  _emit: (event: ClientEvent) => Promise<void>;
  /** @internal Those of `listen`. */
  _listeners?: Set<(event: ClientEvent) => void>;
  /** @internal The hashes of foreign contracts of which an event told. */
  readonly _told: Record<string, Promise<void>>;
  /** @internal Grows with every call, effect and accepted answer, so "before" has one meaning everywhere. */
  _clock: number;
  /** @internal The answer that brought the CSRF token, asked for by the first call. */
  _session?: Promise<Answer> | undefined;
  /** @internal */
  _store?: Store;
  /** @internal Reads of this tick, by the headers that they go with. */
  _reads?: Record<string, Read[]>;
  /** @internal The server answers one read at a time. */
  _isPlain?: boolean;
}

/**
 * Makes a client, which asks nothing before it is used. A page has one, and a server one for each user it answers, as
 * a client keeps what its user may see. `configure` makes the one that is meant where none is named.
 */
export const createClient = (options: ClientOptions = {}): Client => {
  const client: Client = {
    ...options,
    _clock: 0,
    _told: {},
    // A listener that throws is reported, as a promise that nobody handled, and disturbs nothing.
    _emit: async (event) => options.onEvent?.(event),
    reset: () => {
      client._session = undefined;
      client._user = {};
      client._store?.reset();
      client._onReset?.forEach((tell) => tell());
    },
  };
  return client;
};

let configured: Client | undefined;

/** Makes the default client of a browser page. A server makes one per user, with `createClient`. */
export const configure = (options?: ClientOptions): Client => (configured = createClient(options));

/** The client given, or the default one. */
export const clientOf = ({ client = configured }: { readonly client?: Client }): Client => {
  if (!client) throw Error("configure() first");
  return client;
};
