/**
 * The views of a contract, served at their own routes beside what the application serves itself.
 *
 * Does: tell which requests are a view's, serve those, and say why there is none where nobody else will. Does
 * not: stand in the way of the application; a path of a view with another method is not this folder's business
 * unless it is asked to decline.
 *
 * Invariants: a handler sees only checked input; whatever fails before it answered is told in the envelope; what
 * became stale is out of the cache and in the header before the first byte of the answer leaves.
 *
 * This is the one place behind the adapters that knows responses of node:http, which Express's are too: a view
 * answers with them.
 */
import type { Decline, Serve } from "../adapters/express-views.js";
import { writeResponse } from "../adapters/write-response.js";
import { answerEmpty, answerRefusal } from "../answer/answer.js";
import { notFound, notThisMethod } from "../answer/refusal.js";
import type { Core } from "../core.js";
import { Exchange } from "../running/exchange.js";
import type { InFlight } from "../running/in-flight.js";
import { createRouteTable } from "./route-table.js";
import { serveView } from "./serve-view.js";

export interface Views {
  readonly serve: Serve;
  readonly decline: Decline;
}

const NOWHERE = notFound("Not found");

export function createViews(core: Core, inFlight: InFlight): Views {
  const routes = createRouteTable(core.contract.views);
  return {
    serve(request, response) {
      const found = routes.find(request.method, request.path);
      if (found === null || response.headersSent) return false;
      serveView(core, inFlight, found, request, response);
      return true;
    },
    decline(request, response) {
      const exchange = new Exchange(core, request);
      const recording = core.observer?.begin(exchange) ?? null;
      const methods = routes.methodsAt(request.path);
      const refusal = methods.length === 0 ? NOWHERE : notThisMethod(methods);
      const answer =
        refusal.status === 405 && request.method === "OPTIONS"
          ? answerEmpty(exchange, 204)
          : answerRefusal(exchange, refusal);
      if (refusal.allow !== undefined) answer.headers["Allow"] = refusal.allow;
      writeResponse(request.native, response, answer);
      recording?.finish(answer.status, null);
    },
  };
}
