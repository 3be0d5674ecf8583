import type { UploadHandler } from "../server/handlers.js";

export const upload: UploadHandler = async ({ constructor, upload_hook, prototype }, ctx) => {
  throw ctx.notImplemented({ constructor, upload_hook, prototype });
};
