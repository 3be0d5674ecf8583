import type { AddPhotosHandler } from "../mizan/server/handlers.js";
import { addTo } from "../pictures.js";

/** Several at once. */
export const addPhotos: AddPhotosHandler = async ({ album_id, photos }) => {
  for (const photo of photos) await addTo(album_id, photo);
  return photos.length;
};
