import type { ItemMoreHandler } from "../mizan/server/handlers.js";

export const itemMore: ItemMoreHandler = async () => ({ ok: true });
