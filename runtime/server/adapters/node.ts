/** The adapter for bare node:http: `http.createServer(nodeListener(mizan))`. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Mizan } from "../server.js";
import { NodeRequest, originForm } from "./node-request.js";
import { writeResponse } from "./write-response.js";

type Listener = (req: IncomingMessage, res: ServerResponse) => void;

export interface NodeListenerOptions {
  /** A path from the root, without a final slash: with one, nothing is below it. Default `/api/mizan`. */
  readonly mount?: string;
  /** Takes requests outside the mount that no view is there for. Default: they are answered 405 or 404. */
  readonly otherwise?: Listener;
}

/**
 * A listener for `http.createServer`: requests below `mount` are the router's, all others are looked for among the
 * views. Throws nothing itself; an answer that cannot be written ends its connection. What `otherwise` throws is
 * the caller's to catch.
 */
export function nodeListener(
  mizan: Pick<Mizan, "handle" | "serveView">,
  { mount = "/api/mizan", otherwise }: NodeListenerOptions = {},
): Listener {
  return (req, res) => {
    const target = originForm(req.url ?? "/");
    const rest = target.slice(mount.length);
    const inside = target.startsWith(mount) && (rest === "" || rest[0] === "/" || rest[0] === "?");
    if (!inside) {
      mizan.serveView(req, res, otherwise && (() => otherwise(req, res)));
      return;
    }
    const request = new NodeRequest(req, res, rest);
    mizan
      .handle(request)
      .then((response) => writeResponse(req, res, response))
      .catch(() => res.destroy());
  };
}
