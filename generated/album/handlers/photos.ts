import type { PhotosHandler } from "../server/handlers.js";

export const photos: PhotosHandler = async ({ album_id }, ctx) => {
  throw ctx.notImplemented({ album_id });
};
