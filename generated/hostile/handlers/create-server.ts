import type { CreateServerHandler } from "../server/handlers.js";

export const createServer: CreateServerHandler = async ({ field }, ctx) => {
  throw ctx.notImplemented({ field });
};
