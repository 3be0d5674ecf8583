import type { AddTwiceHandler } from "../mizan/server/handlers.js";
import { uploadedFile } from "@mizan/runtime/server";

/** Hands its file on to another function, and one that it made itself. */
export const addTwice: AddTwiceHandler = async ({ album_id, photo }, ctx) => {
  const given = { album_id, labels: [], tags: [] };
  await ctx.call.add_photo({ ...given, photo });
  const thumbnail = (await photo.bytes()).slice(0, 10);
  const made = uploadedFile(thumbnail, { name: "small.png", type: "image/png" });
  return ctx.call.add_photo({ ...given, photo: made });
};
