import type { TouchByFlagHandler } from "../server/handlers.js";

export const touchByFlag: TouchByFlagHandler = async ({ flag }, ctx) => {
  throw ctx.notImplemented({ flag });
};
