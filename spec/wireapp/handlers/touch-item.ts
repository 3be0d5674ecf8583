import type { TouchItemHandler } from "../mizan/server/handlers.js";

export const touchItem: TouchItemHandler = async () => ({ ok: true });
