import type { TouchLimitHandler } from "../mizan/server/handlers.js";

export const touchLimit: TouchLimitHandler = async () => ({ ok: true });
