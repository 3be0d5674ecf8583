import type { Cached60AHandler } from "../mizan/server/handlers.js";

export const cached60A: Cached60AHandler = async () => ({ ok: true });
