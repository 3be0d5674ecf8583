/**
 * The adapter for Express 4.21 and 5. It takes requests that `app.use` has stripped of the mount, and answers
 * every one: nothing below the mount falls through to the application.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { badRequest, payloadTooLarge, unsupportedMediaType, type Refusal } from "../refusal.js";
import { headerText } from "../origins.js";
import { isObject } from "../values/own.js";
import type { WireRequest, WireResponse } from "../wire.js";
import { NodeRequest, writeResponse } from "./node-request.js";

type Next = (error?: unknown) => void;
type Middleware = (req: IncomingMessage, res: ServerResponse, next: Next) => void;
type ErrorMiddleware = (
  error: unknown,
  req: IncomingMessage,
  res: ServerResponse,
  next: Next,
) => void;

/** What `app.use` takes: the router, and an error handler that keeps body parsers in front of it harmless. */
export type ExpressMiddleware = (Middleware | ErrorMiddleware)[];

export interface Answering {
  handle(request: WireRequest): Promise<WireResponse>;
  /** The envelope for something that failed before the request reached us. */
  refuse(request: WireRequest, refusal: Refusal): WireResponse;
}

export function expressRouter({ handle, refuse }: Answering): ExpressMiddleware {
  const router: Middleware = (req, res, next) => {
    handle(new ExpressRequest(req, res, req.url ?? "/"))
      .then((response) => {
        writeResponse(req, res, response);
      })
      .catch(next);
  };
  const parserErrors: ErrorMiddleware = (error, req, res, next) => {
    const refusal = toParserRefusal(error);
    if (refusal === null) next(error);
    else writeResponse(req, res, refuse(new ExpressRequest(req, res, req.url ?? "/"), refusal));
  };
  return [router, parserErrors];
}

/** `express.json()` and its kin mark their errors with a type such as `entity.parse.failed`. */
function toParserRefusal(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !isObject(error)) return null;
  const { type, status, limit } = error;
  if (typeof type !== "string" || typeof status !== "number" || status >= 500) return null;
  if (status === 413) return payloadTooLarge(typeof limit === "number" ? limit : 0);
  if (status === 415) return unsupportedMediaType("Content-Encoding or charset is not supported");
  return badRequest("Invalid JSON in request body");
}

/** Express knows whether a proxy in front may be believed (`trust proxy`). */
class ExpressRequest extends NodeRequest {
  override get secure(): boolean {
    const { native } = this;
    return "secure" in native ? native.secure === true : super.secure;
  }

  override get host(): string | undefined {
    const forwarded = this.#trustsProxy()
      ? headerText(this.headers["x-forwarded-host"])
      : undefined;
    return forwarded?.split(",")[0]?.trim() || this.headers.host;
  }

  #trustsProxy(): boolean {
    const { native } = this;
    const app: unknown = "app" in native ? native.app : undefined;
    if (typeof app !== "function" || !("get" in app) || typeof app.get !== "function") return false;
    const trust: unknown = app.get("trust proxy fn");
    return typeof trust === "function" && trust(native.socket.remoteAddress, 0) === true;
  }
}
