import type { RenameNoParamsHandler } from "../mizan/server/handlers.js";

export const renameNoParams: RenameNoParamsHandler = async ({ new_name }) => ({
  user_id: 5,
  name: new_name,
});
