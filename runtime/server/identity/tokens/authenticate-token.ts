/**
 * Who a request says it is by a token in a header: `X-Mizan-Token`, ours, or `Authorization: Bearer`, which the
 * application verifies. The session is asked by `identify`, and only when no token answered.
 *
 * Invariants: a token is verified or refused, never passed over, so a bad one is 401 even where a session or
 * the other header would have done; an empty one is none. A page of another site cannot send either header,
 * so a call that a token authenticates needs no CSRF token.
 */
import { unauthorized, type Refusal } from "../../answer/refusal.js";
import type { BaseUser } from "../../register.js";
import type { Exchange } from "../../running/exchange.js";
import { toUser } from "../identify.js";
import { headerText } from "../origins.js";
import { keyOfUser, type MwtClaims } from "./mwt.js";

const INVALID_MWT = unauthorized("Invalid token");
const INVALID_BEARER = { ...INVALID_MWT, challenge: 'Bearer error="invalid_token"' };

/**
 * Looks at the token headers, once per request and before anything else about its sender: a user found here is
 * `exchange.tokenUser`. Nothing has to be waited for where there is none. Rejects where the application's
 * verifier or `loadUser` threw.
 */
export function authenticateToken(exchange: Exchange): Promise<Refusal | null> | null {
  const { core, request } = exchange;
  const token = headerText(request.headers[core.headers.tokenLower])?.trim() ?? "";
  if (token !== "") return authenticateMwt(exchange, token);
  if (core.bearer === null) return null;
  const bearer = bearerToken(headerText(request.headers["authorization"]) ?? "");
  return bearer === "" ? null : authenticateBearer(exchange, core.bearer, bearer);
}

async function authenticateMwt(exchange: Exchange, token: string): Promise<Refusal | null> {
  exchange.tokenUser = await userOfMwt(exchange, token);
  return exchange.tokenUser === null ? INVALID_MWT : null;
}

async function authenticateBearer(
  exchange: Exchange,
  verify: NonNullable<Exchange["core"]["bearer"]>,
  token: string,
): Promise<Refusal | null> {
  exchange.start();
  exchange.tokenUser = toUser(await verify(token, exchange.request.native), "bearer");
  return exchange.tokenUser === null ? INVALID_BEARER : null;
}

async function userOfMwt(exchange: Exchange, token: string): Promise<BaseUser | null> {
  const { mwt, loadUser } = exchange.core;
  const claims = mwt === null ? null : await mwt.verify(token);
  if (claims === null) return null;
  if (loadUser === null) return userOfClaims(claims);
  exchange.start();
  const user = toUser(await loadUser(claims, exchange.request.native), "mwt.loadUser");
  // Whoever gained or lost rights since gets a new token, with which nothing older is believed.
  const isCurrent = user !== null && (claims.pkey === null || claims.pkey === keyOfUser(user));
  return isCurrent ? user : null;
}

const userOfClaims = ({ sub, staff, super: superuser }: MwtClaims): BaseUser => ({
  id: sub,
  isStaff: staff,
  isSuperuser: superuser,
});

/** The text after the scheme, whatever its case; empty for another scheme. */
const bearerToken = (header: string): string =>
  /^\s*bearer\s+(.*)$/is.exec(header)?.[1]?.trim() ?? "";
