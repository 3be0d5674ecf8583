import type { RenamePersonHandler } from "../mizan/server/handlers.js";
import { rename } from "../server/store.js";

export const renamePerson: RenamePersonHandler = rename;
