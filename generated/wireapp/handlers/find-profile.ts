import type { FindProfileHandler } from "../server/handlers.js";

export const findProfile: FindProfileHandler = async ({ name }, ctx) => {
  throw ctx.notImplemented({ name });
};
