import type { ItemHandler } from "../mizan/server/handlers.js";

export const item: ItemHandler = async () => ({ ok: true });
