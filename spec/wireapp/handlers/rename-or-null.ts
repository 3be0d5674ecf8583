import type { RenameOrNullHandler } from "../mizan/server/handlers.js";

export const renameOrNull: RenameOrNullHandler = async () => null;
