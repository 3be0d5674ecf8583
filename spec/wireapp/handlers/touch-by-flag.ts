import type { TouchByFlagHandler } from "../mizan/server/handlers.js";

export const touchByFlag: TouchByFlagHandler = async () => ({ ok: true });
