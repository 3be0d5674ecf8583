import type { WhoAmIHandler } from "../server/handlers.js";

export const whoAmI: WhoAmIHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
