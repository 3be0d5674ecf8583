import type { ListHandler } from "../server/handlers.js";

export const list: ListHandler = async ({ z }, ctx) => {
  throw ctx.notImplemented({ z });
};
