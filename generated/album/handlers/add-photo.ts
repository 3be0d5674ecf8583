import type { AddPhotoHandler } from "../server/handlers.js";

/** Adds one picture. */
export const addPhoto: AddPhotoHandler = async (
  { album_id, photo, caption, labels, tags, meta },
  ctx,
) => {
  throw ctx.notImplemented({ album_id, photo, caption, labels, tags, meta });
};
