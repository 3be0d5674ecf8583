import type { PrototypeHandler } from "../server/handlers.js";

export const prototype: PrototypeHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
