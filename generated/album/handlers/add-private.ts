import type { AddPrivateHandler } from "../server/handlers.js";

export const addPrivate: AddPrivateHandler = async ({ album_id, photo }, ctx) => {
  throw ctx.notImplemented({ album_id, photo });
};
