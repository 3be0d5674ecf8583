import type { TouchSearchHandler } from "../mizan/server/handlers.js";

export const touchSearch: TouchSearchHandler = async () => ({ ok: true });
