import type { UploadOfHandler } from "../server/handlers.js";

export const uploadOf: UploadOfHandler = async ({ value_of }, ctx) => {
  throw ctx.notImplemented({ value_of });
};
