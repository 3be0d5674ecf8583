import type { RenameNoParamsHandler } from "../server/handlers.js";

export const renameNoParams: RenameNoParamsHandler = async ({ new_name }, ctx) => {
  throw ctx.notImplemented({ new_name });
};
