import type { CreateMizanHandler } from "../server/handlers.js";

export const createMizan: CreateMizanHandler = async ({ call }, ctx) => {
  throw ctx.notImplemented({ call });
};
