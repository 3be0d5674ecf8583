import type { FHandler } from "../server/handlers.js";

export const f: FHandler = async ({ i }, ctx) => {
  throw ctx.notImplemented({ i });
};
