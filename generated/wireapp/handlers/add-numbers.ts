import type { AddNumbersHandler } from "../server/handlers.js";

export const addNumbers: AddNumbersHandler = async ({ a, b }, ctx) => {
  throw ctx.notImplemented({ a, b });
};
