import type { SiteNameHandler } from "../server/handlers.js";

export const siteName: SiteNameHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
