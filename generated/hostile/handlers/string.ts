import type { StringHandler } from "../server/handlers.js";

export const string: StringHandler = async ({ hook }, ctx) => {
  throw ctx.notImplemented({ hook });
};
