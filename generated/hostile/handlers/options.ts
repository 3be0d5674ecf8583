import type { OptionsHandler } from "../server/handlers.js";

export const options: OptionsHandler = async ({ options }, ctx) => {
  throw ctx.notImplemented({ options });
};
