import type { AddTwiceHandler } from "../server/handlers.js";

/** Hands its file on to another function. */
export const addTwice: AddTwiceHandler = async ({ album_id, photo }, ctx) => {
  throw ctx.notImplemented({ album_id, photo });
};
