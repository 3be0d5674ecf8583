import type { TouchNoMatchHandler } from "../mizan/server/handlers.js";

export const touchNoMatch: TouchNoMatchHandler = async () => ({ ok: true });
