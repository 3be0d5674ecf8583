import type { RebuildIndexHandler } from "../server/handlers.js";

export const rebuildIndex: RebuildIndexHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
