import type { UpdHandler } from "../server/handlers.js";

export const upd: UpdHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
