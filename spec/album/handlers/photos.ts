import type { PhotosHandler } from "../mizan/server/handlers.js";
import { photosOf } from "../pictures.js";

export const photos: PhotosHandler = ({ album_id }) => [...photosOf(album_id)];
