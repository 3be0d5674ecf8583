import type { AddPhotoHandler } from "../mizan/server/handlers.js";
import { addTo, inputs, seen } from "../pictures.js";

/** Adds one picture. */
export const addPhoto: AddPhotoHandler = ({ album_id, photo, ...rest }) => {
  seen.push(photo);
  inputs.push(rest);
  return addTo(album_id, photo);
};
