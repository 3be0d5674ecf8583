import type { KeepScanHandler } from "../server/handlers.js";

export const keepScan: KeepScanHandler = async ({ album_id, scan, title }, ctx) => {
  throw ctx.notImplemented({ album_id, scan, title });
};
