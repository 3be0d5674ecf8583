import type { KeepScanHandler } from "../mizan/server/handlers.js";
import { addTo } from "../pictures.js";

export const keepScan: KeepScanHandler = async ({ album_id, scan, title }) => ({
  ...(await addTo(album_id, scan)),
  name: title,
});
