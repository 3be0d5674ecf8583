/** What an application may tell `createMizan`. */
import type { Cache } from "../cache/index.js";
import type { Logger } from "./log.js";
import type { AppContext, AppRequest, AppUser, Register } from "./register.js";
import type { MwtOptions } from "./identity/tokens/mwt-options.js";
import type { RequestEvent } from "./observing/request-event.js";
import type { Mizan } from "./server.js";
import type { UploadOptions } from "./uploads/limits.js";

interface CommonOptions {
  /** Who sends this request: the user of the application's session, or null. Called once per request. */
  readonly authenticate?: (req: AppRequest) => AppUser | null | Promise<AppUser | null>;
  /**
   * Tokens of our own, sent as `X-Mizan-Token`: verified here, issued by `ctx.issueMwt()`. Without this
   * option every such token is refused.
   */
  readonly mwt?: MwtOptions;
  /**
   * Whom the token of an `Authorization: Bearer` stands for; null refuses it (401), throwing is 500. Without
   * this option the header is left to `authenticate`.
   */
  readonly bearer?: (token: string, req: AppRequest) => AppUser | null | Promise<AppUser | null>;
  /**
   * The double-submitted token that `call/` asks for. `secret` signs the cookie: at least 16 characters,
   * 6 of them different, the same in every process, required in production. `false` only for an application
   * without cookies.
   */
  readonly csrf?: { readonly secret?: string | undefined } | false;
  /** Origins (`https://app.example`) whose pages may call, besides the server's own. */
  readonly trustedOrigins?: readonly string[];
  /** Answers preflights for these origins and lets them read the headers that clients need. */
  readonly cors?: { readonly origins: readonly string[]; readonly credentials?: boolean };
  /**
   * Where answers of contexts that declare `cache` are kept: `memoryCache()` or `redisCache({ … })` of
   * `@mizan/runtime/cache`, closed by `close()`. Default: in this process's memory; `false`: nowhere.
   */
  readonly cache?: Cache | false;
  /** Default: `console`. */
  readonly logger?: Logger;
  /** Checks of what handlers answer. Default `always`; `development` skips them in production. */
  readonly validateOutput?: "always" | "development";
  /** `strict` refuses (409) a client generated from another contract. Default: it is served. */
  readonly contract?: "lenient" | "strict";
  /** Bytes of a request body. Default 1,048,576. */
  readonly bodyLimit?: number;
  /** How much the files of one call may take. The fields beside them are bounded by `bodyLimit`. */
  readonly uploads?: UploadOptions;
  /**
   * Milliseconds a handler may take before its request is answered with 500, and then a client to go on reading
   * before it is cut off. Default 60,000; 0: no limit.
   */
  readonly handlerTimeoutMs?: number;
  /**
   * Milliseconds in which nothing of a request's body may arrive before it is answered with 408. Default 30,000;
   * 0: no limit. How long a whole request may take is node's `requestTimeout`.
   */
  readonly bodyTimeoutMs?: number;
  /**
   * Serves `GET health/` below the mount, for load balancers and without any check: 200, or 503 once `close()` was
   * called, with what `mizan.health()` answers. Default false.
   */
  readonly health?: boolean;
  /**
   * Told of every request once it is answered, with what one line of a request log needs and nothing about users:
   * `onRequest: (event) => log.info(event, "request")`. Default: nobody is told, and nothing is recorded.
   */
  readonly onRequest?: (event: RequestEvent) => void;
  /**
   * Answers carry `Server-Timing`: authentication, cache and handlers with their milliseconds, for a browser's
   * developer tools. Default: in development.
   */
  readonly serverTiming?: boolean;
  /** Spans through `@opentelemetry/api`, wherever an SDK is registered with it. Default true. */
  readonly tracing?: boolean;
  /** Default `X-Mizan-`; another prefix speaks to another member of the family. */
  readonly headerPrefix?: string;
  /** Default: `production` when NODE_ENV says so, else `development`. */
  readonly mode?: "development" | "production";
  /** The predicates that the contract names; `MizanOptions` of the generated code requires them. */
  readonly predicates?: object;
}

/** Required by type exactly when the application registered a context type. */
type ContextOption = Register extends { context: unknown }
  ? {
      /** What handlers get as `ctx.app`, made once per request. */
      readonly context: (req: AppRequest, user: AppUser | null) => AppContext | Promise<AppContext>;
    }
  : { readonly context?: undefined };

export type ServerOptions = CommonOptions & ContextOption;

/** The generated `createMizan`: its options may be left out when none of them is required. */
export type CreateMizan<Options extends ServerOptions> = (
  ...args: Record<never, never> extends Options ? [options?: Options] : [options: Options]
) => Mizan;
