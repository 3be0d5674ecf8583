import type { TouchGlobalHandler } from "../server/handlers.js";

export const touchGlobal: TouchGlobalHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
