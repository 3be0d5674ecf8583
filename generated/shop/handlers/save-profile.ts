import type { SaveProfileHandler } from "../server/handlers.js";

export const saveProfile: SaveProfileHandler = async ({ profile }, ctx) => {
  throw ctx.notImplemented({ profile });
};
