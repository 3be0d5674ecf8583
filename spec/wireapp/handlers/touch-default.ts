import type { TouchDefaultHandler } from "../mizan/server/handlers.js";

export const touchDefault: TouchDefaultHandler = async () => ({ ok: true });
