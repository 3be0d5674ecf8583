import type { EraseHandler } from "../server/handlers.js";

export const erase: EraseHandler = async ({ author, id }, ctx) => {
  throw ctx.notImplemented({ author, id });
};
