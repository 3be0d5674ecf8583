import type { ShoutHandler } from "../server/handlers.js";

/** Says by itself what it changed. */
export const shout: ShoutHandler = async ({ author }, ctx) => {
  throw ctx.notImplemented({ author });
};
