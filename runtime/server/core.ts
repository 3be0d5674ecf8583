/** What every request of one server shares: the compiled contract and the resolved options. */
import type { Cache } from "../cache/index.js";
import type { CompiledContract } from "./compiled.js";
import type { Csrf } from "./identity/csrf.js";
import type { HandlerMembers } from "./effects/handler-effects.js";
import type { Logger } from "./log.js";
import type { Cors, OriginPolicy } from "./identity/origins.js";
import type { Observer } from "./observing/observer.js";
import type { BaseUser } from "./register.js";
import type { UploadLimits } from "./uploads/limits.js";
import type { Mwt, MwtClaims } from "./identity/tokens/mwt.js";

export interface Core {
  readonly contract: CompiledContract;
  readonly members: HandlerMembers;
  readonly headers: HeaderNames;
  readonly logger: Logger;
  /** Null when the application switched it off. */
  readonly csrf: Csrf | null;
  readonly origins: OriginPolicy;
  readonly cors: Cors | null;
  readonly strictContract: boolean;
  readonly checkOutput: boolean;
  readonly bodyLimit: number;
  /** Milliseconds; 0 for no limit. */
  readonly handlerTimeoutMs: number;
  readonly uploads: UploadLimits;
  readonly authenticate: Authenticator | null;
  /** Null without the option: then every `X-Mizan-Token` is refused. */
  readonly mwt: Mwt | null;
  readonly loadUser: UserLoader | null;
  /** Null without the option: then `Authorization` is the application's. */
  readonly bearer: BearerVerifier | null;
  readonly context: ContextMaker | null;
  /** Null where nobody wants to hear of requests. */
  readonly observer: Observer | null;
  /** Null where no context is cached. */
  readonly cache: Cache | null;
}

/**
 * Options that are functions of the application. They take the application's own request and user, of which
 * nothing, or only the base, is known here: a method's parameter may be the wider type.
 */
type Authenticator = { ask(request: object): unknown }["ask"];
type UserLoader = { load(claims: MwtClaims, request: object): unknown }["load"];
type BearerVerifier = { verify(token: string, request: object): unknown }["verify"];
type ContextMaker = { make(request: object, user: BaseUser | null): unknown }["make"];

/** Names as they are sent; `contractLower` and `tokenLower` as requests have them. */
export interface HeaderNames {
  readonly prefix: string;
  readonly invalidate: string;
  readonly identity: string;
  readonly contract: string;
  readonly cache: string;
  readonly token: string;
  readonly contractLower: string;
  readonly tokenLower: string;
}

export const toHeaderNames = (prefix: string): HeaderNames => ({
  prefix,
  invalidate: `${prefix}Invalidate`,
  identity: `${prefix}Identity`,
  contract: `${prefix}Contract`,
  cache: `${prefix}Cache`,
  token: `${prefix}Token`,
  contractLower: `${prefix}Contract`.toLowerCase(),
  tokenLower: `${prefix}Token`.toLowerCase(),
});
