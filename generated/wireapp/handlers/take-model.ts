import type { TakeModelHandler } from "../server/handlers.js";

export const takeModel: TakeModelHandler = async ({ point }, ctx) => {
  throw ctx.notImplemented({ point });
};
