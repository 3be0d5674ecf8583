import type { TouchByPageHandler } from "../mizan/server/handlers.js";

export const touchByPage: TouchByPageHandler = async () => ({ ok: true });
