import type { ChangeNameHandler } from "../mizan/server/handlers.js";
import { rename } from "../server/store.js";

export const changeName: ChangeNameHandler = rename;
