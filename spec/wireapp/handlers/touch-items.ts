import type { TouchItemsHandler } from "../mizan/server/handlers.js";

export const touchItems: TouchItemsHandler = async () => ({ ok: true });
