import type { TouchGlobalHandler } from "../mizan/server/handlers.js";

export const touchGlobal: TouchGlobalHandler = async () => ({ ok: true });
