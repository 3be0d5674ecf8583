import type { OldNameHandler } from "../server/handlers.js";

export const oldName: OldNameHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
