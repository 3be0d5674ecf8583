import type { SetCoverHandler } from "../mizan/server/handlers.js";
import { addTo } from "../pictures.js";

export const setCover: SetCoverHandler = ({ album_id, cover }) =>
  cover === null ? null : addTo(album_id, cover);
