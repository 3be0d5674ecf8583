/**
 * The server behind a generated `createMizan`: a contract, its handlers and the application's options become
 * something that answers requests.
 *
 * Does: check that everything is there, compile it once, answer each request in the form of
 * spec/protocol.md, whatever goes wrong. Does not: listen, own sockets or know a framework; adapters hand in
 * a `WireRequest` and write the `WireResponse`.
 *
 * Invariants: a handler sees only checked input and its output is checked before it is sent; every failure
 * is an envelope, and the text of an unexpected one stays in the log; `handle` never rejects.
 *
 * Words: an *exchange* is one request under way; a *refusal* says why it was not carried out; a *codec* takes
 * values of one shape in and sends them out; an *invocation* is one run of a handler.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { expressRouter, type ExpressMiddleware } from "./adapters/express.js";
import { expressViews, serveAlone } from "./adapters/express-views.js";
import { answerRefusal } from "./answer/answer.js";
import { memoryCache, type Cache } from "../cache/index.js";
import { compileContract, type CompiledContract } from "./compiled.js";
import { toHeaderNames, type Core } from "./core.js";
import { createCsrf } from "./identity/csrf.js";
import type { ContractDefinition } from "./definition.js";
import { dispatch } from "./endpoints/dispatch.js";
import { answerHealth, isHealthPath, toHealth, type Health } from "./endpoints/health.js";
import { Exchange } from "./running/exchange.js";
import { purge } from "./effects/purge.js";
import { createHandlerMembers } from "./effects/handler-effects.js";
import { createInFlight, type Entry } from "./running/in-flight.js";
import { toLateRefusal, type Late } from "./running/late.js";
import { toSafeLogger, type Logger } from "./log.js";
import type { ServerOptions } from "./options.js";
import { createCors, createOriginPolicy } from "./identity/origins.js";
import { createObserver } from "./observing/observer.js";
import type { Recording } from "./observing/recording.js";
import { toSafeCache } from "./reading/safe-cache.js";
import { createTracing } from "./observing/tracing.js";
import { shuttingDown, type Refusal } from "./answer/refusal.js";
import { toInternal } from "./running/run.js";
import type { Soon } from "./running/soon.js";
import { createMwt } from "./identity/tokens/mwt.js";
import { checkStart } from "./start.js";
import { toUploadLimits } from "./uploads/limits.js";
import { createViews } from "./views/views.js";
import type { Serve, WireRequest, WireResponse } from "./wire.js";

/** A running server, without the sockets: those belong to the application. */
export interface Mizan {
  /** For `app.use("/api/mizan", mizan.router)`, Express 4.21 and 5. */
  readonly router: ExpressMiddleware;
  /**
   * For `app.use(mizan.views)`: every view at its own route, absolute from where this is mounted. A request
   * that no view is there for goes on to what the application mounts behind it.
   */
  readonly views: ExpressMiddleware;
  /** Answers one request; never rejects. What adapters for other frameworks call. */
  handle(request: WireRequest): Promise<WireResponse>;
  /**
   * Serves one request of node:http by a view. What no view is there for is left to `otherwise`, or, without
   * one, answered 405 with `Allow` where a view has this path for other methods, and 404 elsewhere.
   */
  serveView(req: IncomingMessage, res: ServerResponse, otherwise?: () => void): void;
  /** What `GET health/` answers where the option `health` is set, for an application's own page. */
  health(): Health;
  /**
   * Refuses new requests with 503, lets no connection be kept, and resolves when those under way have been
   * answered, streams to their end, and the cache is closed. May be called again, with a shorter deadline too.
   * Sockets are the application's, and an answer may still be on its way: whoever ends the process waits for
   * its server's own `close` as well.
   */
  close(options?: CloseOptions): Promise<void>;
}

export interface CloseOptions {
  /**
   * Milliseconds after which what is still under way is answered 503 and its handler's signal aborted. Default
   * 8,000, as containers are given ten seconds; 0: at once; Infinity: never.
   */
  readonly deadlineMs?: number;
}

const MEGABYTE = 1024 * 1024;
const MINUTE_MS = 60_000;
const BODY_MS = 30_000;
const DEADLINE_MS = 8000;

/**
 * What generated code calls. Throws an Error that names every missing handler, predicate and secret, and a
 * TypeError for a definition that contradicts itself.
 */
export function createServer(
  contract: ContractDefinition,
  handlers: object,
  given?: ServerOptions,
): Mizan {
  const options: Partial<ServerOptions> = given ?? {};
  const core = createCore(contract, handlers, options);
  const inFlight = createInFlight({
    handlerMs: core.handlerTimeoutMs,
    bodyMs: options.bodyTimeoutMs ?? BODY_MS,
  });

  const health = (): Health => toHealth(core, inFlight);

  const serve: Serve = (request, respond) => {
    const exchange = new Exchange(core, request);
    if (options.health === true && isHealthPath(request.path)) {
      respond(answerHealth(exchange, health()));
      return;
    }
    if (inFlight.closing) {
      respond(answerNow(exchange, (closed) => answerRefusal(closed, shuttingDown)));
      return;
    }
    const recording = core.observer?.begin(exchange) ?? null;
    let hasAnswered = false;
    const release = (): void => inFlight.remove(entry);
    const settle = (response: WireResponse): void => {
      void exchange.uploads?.dispose();
      if (hasAnswered) return;
      hasAnswered = true;
      if (recording !== null) tellEnd(exchange, recording, response);
      if (exchange.stream === null) release();
      else void exchange.stream.over.then(release);
      // Whoever keeps this connection would send its next request here, too.
      if (inFlight.closing) response.headers["Connection"] = "close";
      respond(response);
    };
    const end = (why: Late): void =>
      exchange.stream === null ? settle(answerLate(exchange, why)) : exchange.stream.end(why);
    const entry: Entry = { exchange, end };
    inFlight.add(entry);
    const answered =
      recording === null ? answer(exchange) : recording.within(() => answer(exchange));
    if (answered instanceof Promise) {
      answered.then(settle, (thrown: unknown) => settle(answerThrown(exchange, thrown)));
    } else settle(answered);
  };

  const handle = (request: WireRequest): Promise<WireResponse> =>
    new Promise((resolve) => serve(request, resolve));

  const refuse = (request: WireRequest, refusal: Refusal): WireResponse =>
    answerNow(new Exchange(core, request), (exchange) => answerRefusal(exchange, refusal));

  const fail = (request: WireRequest, thrown: unknown): WireResponse =>
    answerNow(new Exchange(core, request), (exchange) => answerThrown(exchange, thrown));

  const pages = createViews(core, inFlight);
  const router = expressRouter({ serve, refuse, fail });
  const views = expressViews(pages.serve);
  const serveView = serveAlone(pages.serve, pages.decline);
  let closed: Promise<void> | null = null;
  async function close({ deadlineMs = DEADLINE_MS }: CloseOptions = {}): Promise<void> {
    if (typeof deadlineMs !== "number" || !(deadlineMs >= 0)) {
      throw new TypeError("deadlineMs must be a number of milliseconds");
    }
    // Of several deadlines the first counts.
    await inFlight.close(deadlineMs);
    await (closed ??= core.cache?.close() ?? Promise.resolve());
  }
  return { router, views, handle, serveView, health, close };
}

/** What is thrown at once is answered at once; a promise may reject. */
function answer(exchange: Exchange): Soon<WireResponse> {
  try {
    return dispatch(exchange);
  } catch (thrown) {
    return answerThrown(exchange, thrown);
  }
}

/** An answer for which nothing has to be waited. */
function answerNow(exchange: Exchange, answer: (exchange: Exchange) => WireResponse): WireResponse {
  const recording = exchange.core.observer?.begin(exchange) ?? null;
  const response = answer(exchange);
  recording?.finish(response.status, null);
  return response;
}

/** Ends a recording with the answer, or, of one that is still being made, when it is over. */
function tellEnd(
  exchange: Exchange,
  recording: Recording,
  { status, headers }: WireResponse,
): void {
  if (exchange.stream !== null) {
    void exchange.stream.over.then(() => recording.finish(status, null));
    return;
  }
  if (exchange.core.observer?.showsTiming === true) {
    headers["Server-Timing"] ??= recording.toServerTiming();
  }
  recording.finish(status, exchange.effects);
}

/** Something outside a handler failed: `authenticate`, a predicate, the application in front, or we. */
function answerThrown(exchange: Exchange, thrown: unknown): WireResponse {
  return answerRefusal(exchange, toInternal(exchange, exchange.subject ?? "a request", thrown));
}

/** The handler may still be running; nobody will hear what it answers. */
function answerLate(exchange: Exchange, why: Late): WireResponse {
  exchange.abandon();
  const refusal = toLateRefusal(exchange, exchange.subject ?? "a request", why);
  if (exchange.effects !== null) void purge(exchange.core, exchange.effects);
  return answerRefusal(exchange, refusal, exchange.effects);
}

function createCore(
  definition: ContractDefinition,
  handlers: object,
  options: Partial<ServerOptions>,
): Core {
  const logger = toSafeLogger(options.logger ?? console);
  const mode =
    options.mode ?? (process.env["NODE_ENV"] === "production" ? "production" : "development");
  const start = checkStart(definition, handlers, options, mode, logger);
  const contract = compileContract(definition, start);
  const headers = toHeaderNames(options.headerPrefix ?? "X-Mizan-");
  const { cors } = options;
  return {
    contract,
    members: createHandlerMembers(contract),
    headers,
    logger,
    csrf: start.csrfSecret === null ? null : createCsrf(start.csrfSecret),
    origins: createOriginPolicy({
      origins: [...(options.trustedOrigins ?? []), ...(cors?.origins ?? [])],
      loopback: mode === "development",
    }),
    cors: cors
      ? createCors({
          origins: cors.origins,
          credentials: cors.credentials === true,
          exposed: [
            "ETag",
            "Retry-After",
            headers.invalidate,
            headers.identity,
            headers.contract,
            headers.cache,
          ],
          accepted: [
            "Content-Type",
            "X-CSRFToken",
            "Authorization",
            headers.token,
            headers.contract,
            "If-None-Match",
          ],
        })
      : null,
    strictContract: options.contract === "strict",
    checkOutput: options.validateOutput !== "development" || mode === "development",
    bodyLimit: options.bodyLimit ?? MEGABYTE,
    handlerTimeoutMs: options.handlerTimeoutMs ?? MINUTE_MS,
    uploads: toUploadLimits(options.uploads),
    authenticate: options.authenticate ?? null,
    mwt: start.mwt === null ? null : createMwt(start.mwt),
    loadUser: options.mwt?.loadUser ?? null,
    bearer: options.bearer ?? null,
    context: options.context ?? null,
    observer: createObserver(
      {
        onRequest: options.onRequest ?? null,
        showsTiming: options.serverTiming ?? mode === "development",
        startSpan:
          options.tracing === false
            ? null
            : createTracing((error) => logger.error("mizan: tracing failed", { error })),
      },
      logger,
    ),
    cache: toCache(contract, options.cache, logger),
  };
}

/** Null where there is none. One that the application made is closed with the server, used or not. */
function toCache(
  { contexts }: CompiledContract,
  option: Cache | false | undefined,
  logger: Logger,
): Cache | null {
  const isUsed = Array.from(contexts.values()).some(({ cachePlan }) => cachePlan !== null);
  const cache = isUsed && option !== false ? (option ?? memoryCache()) : option || null;
  cache?.logTo?.(logger);
  return cache && toSafeCache(cache, logger);
}
