import type { IncomingMessage, ServerResponse } from "node:http";

type Next = (error?: unknown) => void;

/** What `app.use` takes: the router, and the error handler that keeps body parsers in front of it harmless. */
export type ExpressMiddleware = (
  | ((req: IncomingMessage, res: ServerResponse, next: Next) => void)
  | ((error: unknown, req: IncomingMessage, res: ServerResponse, next: Next) => void)
)[];
