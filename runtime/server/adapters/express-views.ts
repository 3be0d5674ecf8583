/**
 * `mizan.views` for Express 4.21 and 5: takes the requests that a view is there for, and leaves all others to
 * whatever the application mounts behind it, whichever their method. An error on its way to a view is told in
 * the envelope if a body parser refused the body; any other is the application's.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  ExpressRequest,
  isOfBodyParser,
  toRefusal,
  type ErrorMiddleware,
  type ExpressMiddleware,
  type Middleware,
} from "./express.js";
import type { NodeRequest } from "./node-request.js";

/** Answers a request for which there is a view; false for any other, of which nothing was touched. */
export type Serve = (request: NodeRequest, response: ServerResponse) => boolean;

export function expressViews(serve: Serve): ExpressMiddleware {
  const views: Middleware = (req, res, next) => {
    if (!serve(new ExpressRequest(req, res), res)) next();
  };
  const errors: ErrorMiddleware = (error, req, res, next) => {
    const refusal = isOfBodyParser(error) && !res.headersSent ? toRefusal(error) : null;
    if (refusal === null || !serve(new ExpressRequest(req, res, refusal), res)) next(error);
  };
  return [views, errors];
}

/** Answers a request for which no view is there, where nobody else will. */
export type Decline = (request: NodeRequest, response: ServerResponse) => void;

/** One request of a server that routes by itself. `otherwise` takes what no view is there for. */
export function serveAlone(
  serve: Serve,
  decline: Decline,
): (req: IncomingMessage, res: ServerResponse, otherwise?: () => void) => void {
  return (req, res, otherwise) => {
    const request = new ExpressRequest(req, res);
    if (serve(request, res)) return;
    if (otherwise === undefined) decline(request, res);
    else otherwise();
  };
}
