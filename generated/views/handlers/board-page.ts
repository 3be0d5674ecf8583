import type { BoardPageHandler } from "../server/handlers.js";

export const boardPage: BoardPageHandler = async ({ page }, ctx) => {
  throw ctx.notImplemented({ page });
};
