import type { NoteHandler } from "../server/handlers.js";

export const note: NoteHandler = async ({ text }, ctx) => {
  throw ctx.notImplemented({ text });
};
