import type { ImportPostHandler } from "../server/handlers.js";

/** Where it stands among the others only the server knows. */
export const importPost: ImportPostHandler = async ({ author, id, text }, ctx) => {
  throw ctx.notImplemented({ author, id, text });
};
