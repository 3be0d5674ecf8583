import type { ZHandler } from "../server/handlers.js";

export const z: ZHandler = async ({ zod }, ctx) => {
  throw ctx.notImplemented({ zod });
};
