import type { PrintAlbumHandler } from "../server/handlers.js";

export const printAlbum: PrintAlbumHandler = async (
  { album_id, paper, copies, cover, notes },
  ctx,
) => {
  throw ctx.notImplemented({ album_id, paper, copies, cover, notes });
};
