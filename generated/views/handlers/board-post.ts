import type { BoardPostHandler } from "../server/handlers.js";

export const boardPost: BoardPostHandler = async ({ text }, ctx) => {
  throw ctx.notImplemented({ text });
};
