import type { AddOwnHandler } from "../mizan/server/handlers.js";
import { addTo } from "../pictures.js";

export const addOwn: AddOwnHandler = ({ album_id, photo }) => addTo(album_id, photo);
