import type { CategoriesHandler } from "../server/handlers.js";

export const categories: CategoriesHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
