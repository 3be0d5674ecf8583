import type { Upd2Handler } from "../server/handlers.js";

export const upd2: Upd2Handler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
