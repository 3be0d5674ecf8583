import type { AddPhotosHandler } from "../server/handlers.js";

/** Several at once. */
export const addPhotos: AddPhotosHandler = async ({ album_id, photos }, ctx) => {
  throw ctx.notImplemented({ album_id, photos });
};
