import type { TouchByRatioHandler } from "../server/handlers.js";

export const touchByRatio: TouchByRatioHandler = async ({ ratio }, ctx) => {
  throw ctx.notImplemented({ ratio });
};
