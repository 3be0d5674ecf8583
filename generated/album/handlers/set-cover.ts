import type { SetCoverHandler } from "../server/handlers.js";

export const setCover: SetCoverHandler = async ({ album_id, cover }, ctx) => {
  throw ctx.notImplemented({ album_id, cover });
};
