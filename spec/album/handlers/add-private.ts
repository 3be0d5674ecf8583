import type { AddPrivateHandler } from "../mizan/server/handlers.js";
import { addTo } from "../pictures.js";

export const addPrivate: AddPrivateHandler = ({ album_id, photo }) => addTo(album_id, photo);
