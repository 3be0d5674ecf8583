import type { TouchByPageHandler } from "../server/handlers.js";

export const touchByPage: TouchByPageHandler = async ({ page }, ctx) => {
  throw ctx.notImplemented({ page });
};
