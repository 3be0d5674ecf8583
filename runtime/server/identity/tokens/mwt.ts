/**
 * Tokens of our own, sent as `X-Mizan-Token`: a JWT with HS256 whose claims say who the sender is for a few
 * minutes. What is special about ours stands here; form and signature are the library's work.
 *
 * The library is loaded with the first token, so that a server that sees none does not pay for it.
 */
import type { KeyObject } from "node:crypto";
import type { JWTHeaderParameters, JWTPayload } from "jose";
import type { BaseUser } from "../../register.js";
import { permissionKey } from "../permission-key.js";

/** What a verified token says. Claims of others are left out. */
export interface MwtClaims {
  /** Id of the user, as text. */
  readonly sub: string;
  readonly staff: boolean;
  readonly super: boolean;
  /** `permissionKey` of the user when the token was issued; null in a token without one. */
  readonly pkey: string | null;
  /** Seconds since 1970. */
  readonly iat: number;
  readonly exp: number;
}

export interface Mwt {
  /** Null for a token that does not hold, whatever the reason. Rejects for faults that are not the token's. */
  verify(token: string): Promise<MwtClaims | null>;
  /** Throws a TypeError for a user whose id is an empty text. */
  issue(user: BaseUser): Promise<string>;
}

/** Keys by `kid`. */
export interface MwtSettings {
  readonly keys: ReadonlyMap<string, KeyObject>;
  readonly signing: { readonly kid: string; readonly key: KeyObject };
  /** Seconds that a token holds. */
  readonly ttl: number;
}

const AUDIENCE = "mizan";

/** Ours have some 350 characters; nothing longer than this is decoded at all. */
const LONGEST_TOKEN = 4096;

/**
 * Three parts of base64url without padding, the last of them 32 bytes, whose last character has two bits that say
 * nothing and must be zero. So one token has one text, which decoders alone do not see to.
 */
const FORM = /^[\w-]+\.[\w-]+\.[\w-]{42}[AEIMQUYcgkosw048]$/;

/** Seconds that another server's clock may be ahead. Nothing is added to how long a token holds. */
const CLOCK_SKEW = 1;

/**
 * How many verified tokens are remembered: a client sends the same one for minutes, and verifying one costs as
 * much as several small calls.
 */
const REMEMBERED = 1000;

const nowInSeconds = (): number => Math.floor(Date.now() / 1000);

export function createMwt({ keys, signing, ttl }: MwtSettings): Mwt {
  const verified = new Map<string, MwtClaims>();

  return {
    async verify(token) {
      const known = verified.get(token);
      if (known !== undefined) {
        if (known.exp > nowInSeconds()) return known;
        verified.delete(token);
        return null;
      }
      if (token.length > LONGEST_TOKEN || !FORM.test(token)) return null;
      const [{ jwtVerify }, { JOSEError, JWSInvalid }] = await Promise.all([
        import("jose/jwt/verify"),
        import("jose/errors"),
      ]);
      const now = nowInSeconds();
      const keyFor = (header: JWTHeaderParameters): KeyObject => {
        const key = isJwt(header) ? keyOf(header) : undefined;
        if (key === undefined) throw new JWSInvalid("No key is known for this header");
        return key;
      };
      try {
        const { payload } = await jwtVerify(token, keyFor, {
          algorithms: ["HS256"],
          audience: AUDIENCE,
          currentDate: new Date(now * 1000),
          clockTolerance: CLOCK_SKEW,
        });
        const claims = toClaims(payload, now);
        if (claims === null) return null;
        if (verified.size >= REMEMBERED) verified.clear();
        verified.set(token, claims);
        return claims;
      } catch (fault) {
        if (fault instanceof JOSEError) return null;
        throw fault;
      }
    },
    async issue(user) {
      const id = String(user.id);
      if (id === "") throw new TypeError("A token cannot be issued for a user with an empty id");
      const { SignJWT } = await import("jose/jwt/sign");
      const now = nowInSeconds();
      const { staff, superuser } = rolesOf(user);
      return new SignJWT({ staff, super: superuser, pkey: keyOfUser(user) })
        .setProtectedHeader({ alg: "HS256", kid: signing.kid, typ: "JWT" })
        .setSubject(id)
        .setAudience(AUDIENCE)
        .setIssuedAt(now)
        .setNotBefore(now)
        .setExpirationTime(now + ttl)
        .sign(signing.key);
    },
  };

  /** With one key its name does not matter; among several the token must say which. */
  function keyOf({ kid }: JWTHeaderParameters): KeyObject | undefined {
    if (kid !== undefined && typeof kid !== "string") return undefined;
    return keys.size === 1 ? signing.key : keys.get(kid ?? "");
  }
}

/** Tokens of other kinds (`at+jwt`, `logout+jwt`) may share a secret with ours, and mean something else. */
const isJwt = ({ typ }: JWTHeaderParameters): boolean =>
  typ === undefined || /^(?:application\/)?jwt$/i.test(String(typ));

/** The claims that the library does not know the meaning of; null when one of them makes no sense. */
function toClaims(payload: JWTPayload, now: number): MwtClaims | null {
  const { sub, iat, exp, staff = false, super: superuser = false, pkey = null } = payload;
  if (typeof sub !== "string" || sub === "") return null;
  if (iat === undefined || iat > now + CLOCK_SKEW) return null;
  if (exp === undefined || exp <= now) return null;
  if (typeof staff !== "boolean" || typeof superuser !== "boolean") return null;
  if (pkey !== null && typeof pkey !== "string") return null;
  // Requests share what is remembered of a token, and `loadUser` is handed it.
  return Object.freeze({ sub, staff, super: superuser, pkey, iat, exp });
}

/** What the token of a user says about what that user may do. */
export const keyOfUser = (user: BaseUser): string =>
  permissionKey({ permissions: user.permissions ?? [], ...rolesOf(user) });

/** As guards see them: a column's null or 1 is no role. */
const rolesOf = ({
  isStaff,
  isSuperuser,
}: BaseUser): { readonly staff: boolean; readonly superuser: boolean } => ({
  staff: isStaff === true,
  superuser: isSuperuser === true,
});
