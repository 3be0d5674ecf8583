import type { FunctionOfHandler } from "../server/handlers.js";

export const functionOf: FunctionOfHandler = async ({ fn }, ctx) => {
  throw ctx.notImplemented({ fn });
};
