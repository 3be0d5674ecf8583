import type { AddOwnHandler } from "../server/handlers.js";

export const addOwn: AddOwnHandler = async ({ album_id, photo }, ctx) => {
  throw ctx.notImplemented({ album_id, photo });
};
