import type { ExportHandler } from "../server/handlers.js";

export const export$: ExportHandler = async (input, ctx) => {
  throw ctx.notImplemented(input);
};
