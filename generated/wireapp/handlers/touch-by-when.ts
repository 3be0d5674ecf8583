import type { TouchByWhenHandler } from "../server/handlers.js";

export const touchByWhen: TouchByWhenHandler = async ({ when }, ctx) => {
  throw ctx.notImplemented({ when });
};
