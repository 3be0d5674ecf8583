import type { EchoHandler } from "../server/handlers.js";

export const echo: EchoHandler = async ({ text }, ctx) => {
  throw ctx.notImplemented({ text });
};
