/**
 * The adapter for Express 4.21 and 5. It takes requests that `app.use` has stripped of the mount, and answers
 * every one: nothing below the mount falls through to the application, and no error that arrives there either.
 */
import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import { parseText } from "../request/body.js";
import { badRequest, payloadTooLarge, type Refusal } from "../answer/refusal.js";
import { headerText } from "../identity/origins.js";
import { isRecord } from "../values/own.js";
import type { Serve, WireRequest, WireResponse } from "../wire.js";
import { shareShapes } from "./express-shapes.js";
import { NodeRequest } from "./node-request.js";
import { writeResponse } from "./write-response.js";

export type Next = (error?: unknown) => void;
export type Middleware = (req: IncomingMessage, res: ServerResponse, next: Next) => void;
export type ErrorMiddleware = (
  error: unknown,
  req: IncomingMessage,
  res: ServerResponse,
  next: Next,
) => void;

/** What `app.use` takes: the router, and a handler for errors on their way to it. */
export type ExpressMiddleware = (Middleware | ErrorMiddleware)[];

export interface Answering {
  readonly serve: Serve;
  /** The envelope for something that failed before the request reached us. */
  refuse(request: WireRequest, refusal: Refusal): WireResponse;
  /** The same for something unexpected, of which only the log is told. */
  fail(request: WireRequest, thrown: unknown): WireResponse;
}

export function expressRouter({ serve, refuse, fail }: Answering): ExpressMiddleware {
  const serveOne = (request: ExpressRequest, res: ServerResponse, next: Next): void =>
    serve(request, (response) => {
      try {
        writeResponse(request.native, res, response);
      } catch (error) {
        next(error);
      }
    });
  const router: Middleware = (req, res, next) => {
    shareShapes(req, res);
    serveOne(new ExpressRequest(req, res), res, next);
  };

  const errors: ErrorMiddleware = (error, req, res, next) => {
    if (res.headersSent) {
      // Half an answer is out: only Express can still cut the connection.
      next(error);
      return;
    }
    const refusal = toRefusal(error);
    if (refusal !== null && isOfBodyParser(error)) {
      // The checks that come before the body still come before it.
      serveOne(new ExpressRequest(req, res, refusal), res, next);
      return;
    }
    const request = new ExpressRequest(req, res);
    writeResponse(req, res, refusal === null ? fail(request, error) : refuse(request, refusal));
  };
  return [router, errors];
}

/** `express.json()` and its kin mark their errors with a type; those of decompression have zlib's code. */
export function isOfBodyParser(error: unknown): boolean {
  if (!isRecord(error)) return false;
  const { type, code } = error;
  const isParser =
    typeof type === "string" && /^(?:entity|encoding|charset|request|parameters)\./.test(type);
  return isParser || (typeof code === "string" && /^(?:Z_|ERR__|ZSTD_)/.test(code));
}

/** An error of status 4xx is told to the client, in its own words only if it says that they may be shown. */
export function toRefusal(error: unknown): Refusal | null {
  if (!isRecord(error)) return null;
  const status = error["status"] ?? error["statusCode"];
  if (typeof status !== "number" || !(status >= 400 && status < 500)) return null;
  const { type, body, limit, message, expose } = error;
  if (type === "entity.too.large" && typeof limit === "number") return payloadTooLarge(limit);
  if (type === "entity.parse.failed") {
    // The parser may only have been stricter than we are: then our own words say what is wrong.
    const ours = typeof body === "string" ? parseText(body).refusal : null;
    return ours ?? badRequest("Invalid JSON in request body");
  }
  const said = expose === true && typeof message === "string" ? message : STATUS_CODES[status];
  return { status, code: codes.get(status) ?? "BAD_REQUEST", message: said ?? "Bad Request" };
}

const codes: ReadonlyMap<number, string> = new Map([
  [401, "UNAUTHORIZED"],
  [403, "FORBIDDEN"],
  [404, "NOT_FOUND"],
  [413, "PAYLOAD_TOO_LARGE"],
  [415, "UNSUPPORTED_MEDIA_TYPE"],
]);

/** Express knows whether a proxy in front may be believed (`trust proxy`). */
export class ExpressRequest extends NodeRequest {
  readonly #refusal: Refusal | null;

  /** `refusal` is what a body parser in front said of the body. */
  constructor(native: IncomingMessage, response: ServerResponse, refusal: Refusal | null = null) {
    super(native, response, native.url ?? "/");
    this.#refusal = refusal;
  }

  override readBody(limit: number): ReturnType<NodeRequest["readBody"]> {
    return this.#refusal === null
      ? super.readBody(limit)
      : Promise.resolve({ refusal: this.#refusal });
  }

  override readChunks(
    take: Parameters<NodeRequest["readChunks"]>[0],
  ): ReturnType<NodeRequest["readChunks"]> {
    return this.#refusal === null
      ? super.readChunks(take)
      : Promise.resolve({ refusal: this.#refusal });
  }

  override get secure(): boolean {
    const { native } = this;
    // Express asks whom it trusts before it looks whether anybody said anything.
    return this.headers["x-forwarded-proto"] !== undefined && "secure" in native
      ? native.secure === true
      : super.secure;
  }

  override get host(): string | undefined {
    const forwarded = headerText(this.headers["x-forwarded-host"]);
    if (forwarded === undefined || !this.#trustsProxy()) return this.headers.host;
    return forwarded.split(",")[0]?.trim() || this.headers.host;
  }

  #trustsProxy(): boolean {
    const { native } = this;
    const app: unknown = "app" in native ? native.app : undefined;
    if (typeof app !== "function" || !("get" in app) || typeof app.get !== "function") return false;
    const trust: unknown = app.get("trust proxy fn");
    return typeof trust === "function" && trust(native.socket.remoteAddress, 0) === true;
  }
}
