import type { DefineHandler } from "../server/handlers.js";

export const define: DefineHandler = async ({ define }, ctx) => {
  throw ctx.notImplemented({ define });
};
