/** The option `mwt`: what an application may say, and the settings that follow from it. */
import { createSecretKey, randomBytes } from "node:crypto";
import { repetitive } from "../../../cache/secret.js";
import type { Logger } from "../../log.js";
import type { AppRequest, AppUser } from "../../register.js";
import { isRecord } from "../../values/own.js";
import type { MwtClaims, MwtSettings } from "./mwt.js";

/** The user that a token stands for when nobody loads one: only what its claims say. */
export interface MwtUser {
  /** A text, also where the session's user has a number. */
  readonly id: string;
  readonly isStaff: boolean;
  readonly isSuperuser: boolean;
}

interface MwtKeys {
  /** One key, known as `v1`: at least 32 bytes, the same in every process, required in production. */
  readonly secret?: string | undefined;
  /**
   * Secrets by key id (`kid`), to change them without signing anybody out: put the new one first, and take
   * the old one away when its last token has expired. Instead of `secret`.
   */
  readonly keys?: { readonly [kid: string]: string | undefined };
  /** The `kid` that new tokens are signed with. Default: the first of `keys`. */
  readonly signWith?: string;
  /** Seconds that an issued token holds. Default 300. */
  readonly ttl?: number;
}

interface MwtLoader {
  /**
   * The user of a verified token; null when there is none any more, which is 401, as it is when the user's
   * permissions are no longer those of the token (`pkey`). Default: a `MwtUser`, made from the claims.
   */
  readonly loadUser: (
    claims: MwtClaims,
    req: AppRequest,
  ) => AppUser | null | Promise<AppUser | null>;
}

/** `loadUser` is required exactly when the application's own user is more than claims can tell. */
export type MwtOptions = MwtKeys & (MwtUser extends AppUser ? Partial<MwtLoader> : MwtLoader);

/** HS256 is no stronger than its secret: RFC 7518, section 3.2 asks for as many bytes as the hash has. */
const SHORTEST_SECRET = 32;
const DEFAULT_TTL = 300;
const ONLY_KID = "v1";

/** Adds what is wrong to `faults`; the settings then only stand in. */
export function toMwtSettings(
  options: Partial<MwtOptions>,
  mode: "development" | "production",
  logger: Logger,
  faults: string[],
): MwtSettings {
  const { secret, keys, signWith, ttl = DEFAULT_TTL, loadUser } = options;
  if (!(Number.isSafeInteger(ttl) && ttl > 0)) {
    faults.push("mwt.ttl must be a positive number of whole seconds");
  }
  if (loadUser !== undefined && typeof loadUser !== "function") {
    faults.push("mwt.loadUser must be a function");
  }
  const secrets = toSecrets(secret, keys, faults);
  const texts = secrets.map(([kid, where, given]): [string, string] => {
    if (given === undefined || given === "") {
      if (mode === "production") faults.push(`no secret: set ${where}`);
      else logger.info(`mizan: ${where} is not set; using a random one until the next restart`);
    } else if (typeof given !== "string" || Buffer.byteLength(given) < SHORTEST_SECRET) {
      faults.push(`${where} must have at least ${SHORTEST_SECRET} bytes`);
    } else {
      const fault = repetitive(given);
      if (fault === null) return [kid, given];
      faults.push(`${where} ${fault}`);
    }
    return [kid, randomBytes(SHORTEST_SECRET).toString("base64url")];
  });
  const byKid = new Map(texts.map(([kid, text]) => [kid, createSecretKey(text, "utf8")]));
  const given: unknown = signWith;
  const kid = typeof given === "string" ? given : (texts[0]?.[0] ?? ONLY_KID);
  const key = byKid.get(kid);
  if (given !== undefined && typeof given !== "string") {
    faults.push("mwt.signWith must be a key id, as a text");
  } else if (key === undefined && texts.length > 0) {
    faults.push(`mwt.signWith is ${JSON.stringify(kid)}, which is no key`);
  }
  if (signWith === undefined && texts.length > 1 && texts.some(([name]) => /^\d+$/.test(name))) {
    // JavaScript puts keys that look like indexes first, whatever the order they were written in.
    faults.push("mwt.signWith must say which key signs, as key ids that are numbers have no order");
  }
  const signing = { kid, key: key ?? createSecretKey(randomBytes(SHORTEST_SECRET)) };
  return { keys: byKid, signing, ttl };
}

type NamedSecret = readonly [kid: string, where: string, given: unknown];

function toSecrets(secret: unknown, keys: unknown, faults: string[]): readonly NamedSecret[] {
  if (keys === undefined) return [[ONLY_KID, "mwt.secret", secret]];
  if (secret !== undefined) faults.push("mwt.secret and mwt.keys exclude each other");
  if (!isRecord(keys) || Object.keys(keys).length === 0) {
    faults.push("mwt.keys must name at least one key: { v1: secret }");
    return [];
  }
  return Object.entries(keys).map(([kid, given]) => [kid, `mwt.keys.${kid}`, given]);
}
