import type { StockLevelsHandler } from "../server/handlers.js";

export const stockLevels: StockLevelsHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
