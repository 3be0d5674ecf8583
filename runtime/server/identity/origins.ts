/** Whose pages may call, and whose may read the answers (CORS). Origins are compared in lower case. */
import { parseUrl } from "../../wire/url.js";
import type { WireRequest } from "../wire.js";

export interface OriginPolicy {
  /** Whether a page of this origin may make calls that change something. */
  mayCall(origin: string, request: WireRequest): boolean;
}

type Allowed = {
  /** `trustedOrigins` and `cors.origins` together. */
  readonly origins: readonly string[];
  /** In development a proxy in front rewrites `Host`, so every page of this machine is trusted. */
  readonly loopback: boolean;
};

export function createOriginPolicy({ origins, loopback }: Allowed): OriginPolicy {
  const trusted = new Set(origins.map(toOrigin));
  return {
    mayCall(given, request) {
      const origin = given.toLowerCase();
      return isOwn(origin, request) || trusted.has(origin) || (loopback && isLoopback(origin));
    },
  };
}

/**
 * Whether the page came from this very server. A server behind a proxy may not know that the browser speaks
 * https, so http here accepts both; a connection known to be encrypted accepts no page that was not.
 */
function isOwn(origin: string, request: WireRequest): boolean {
  const host = request.host ?? headerText(request.headers["host"]);
  if (host === undefined || host === "") return false;
  const name = host.toLowerCase();
  if (origin.startsWith("https://")) return origin.slice(8) === withoutPort(name, ":443");
  const isSame = origin.startsWith("http://") && origin.slice(7) === withoutPort(name, ":80");
  return isSame && !request.secure;
}

const withoutPort = (name: string, port: string): string =>
  name.endsWith(port) ? name.slice(0, -port.length) : name;

const isLoopback = (origin: string): boolean =>
  /^https?:\/\/(?:localhost|[a-z0-9.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(
    origin,
  );

/**
 * `https://app.example:8443`, a scheme, a host, perhaps a port, and nothing after it, as browsers send it: in lower
 * case, without a default port, in ASCII. Null for anything else; a `*` stands for nothing in an origin.
 */
export function toOrigin(text: string): string | null {
  if (!/^[a-z][a-z0-9+.-]*:\/\/[^/?#\s@*\\]+$/i.test(text)) return null;
  // Schemes of applications (`capacitor://localhost`) have no origin to the standard, but are sent as they are.
  if (!/^https?:/i.test(text)) return text.toLowerCase();
  return parseUrl(text)?.origin ?? null;
}

export const headerText = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(", ") : value;

export interface Cors {
  /** Headers that every answer to this origin carries. */
  headersFor(origin: string | undefined): { Vary: string } & Readonly<Record<string, string>>;
  /** Further headers of the answer to a preflight. */
  preflight(asked: Preflight): Readonly<Record<string, string>>;
}

type Preflight = {
  readonly origin: string | undefined;
  readonly methods: string;
  /** What the page wants to send, as `Access-Control-Request-Headers` lists it. */
  readonly headers: string | undefined;
};

type CorsSettings = {
  readonly origins: readonly string[];
  readonly credentials: boolean;
  readonly exposed: readonly string[];
  readonly accepted: readonly string[];
};

export function createCors({ origins, credentials, exposed, accepted }: CorsSettings): Cors {
  const known = new Set(origins.map(toOrigin));
  const allows = (origin: string | undefined): origin is string =>
    origin !== undefined && known.has(origin.toLowerCase());
  // The answer differs by origin, so caches must keep the answers apart, refused ones too.
  const vary = { Vary: "Origin" };
  return {
    headersFor: (origin) =>
      allows(origin)
        ? {
            ...vary,
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": exposed.join(", "),
            ...(credentials && { "Access-Control-Allow-Credentials": "true" }),
          }
        : vary,
    preflight: ({ origin, methods, headers }) =>
      allows(origin)
        ? {
            "Access-Control-Allow-Methods": methods,
            "Access-Control-Allow-Headers": [...accepted, ...furtherNames(headers)].join(", "),
            "Access-Control-Max-Age": "600",
          }
        : {},
  };
}

/** An application's pages may have headers of their own; whose pages they are was checked before. */
const furtherNames = (headers = ""): string[] =>
  headers.split(",").flatMap((name) => {
    const bare = name.trim();
    return HEADER_NAME.test(bare) ? [bare] : [];
  });

const HEADER_NAME = /^[\w!#$%&'*+.^`|~-]{1,100}$/;
