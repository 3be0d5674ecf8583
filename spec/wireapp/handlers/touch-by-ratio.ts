import type { TouchByRatioHandler } from "../mizan/server/handlers.js";

export const touchByRatio: TouchByRatioHandler = async () => ({ ok: true });
