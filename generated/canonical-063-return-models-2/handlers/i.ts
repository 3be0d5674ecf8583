import type { IHandler } from "../server/handlers.js";

export const i: IHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
