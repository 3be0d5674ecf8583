import type { TouchByColorHandler } from "../server/handlers.js";

export const touchByColor: TouchByColorHandler = async ({ color }, ctx) => {
  throw ctx.notImplemented({ color });
};
