import type { TouchNoMatchHandler } from "../server/handlers.js";

export const touchNoMatch: TouchNoMatchHandler = async ({ who }, ctx) => {
  throw ctx.notImplemented({ who });
};
