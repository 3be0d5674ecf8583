import type { TouchByWhenHandler } from "../mizan/server/handlers.js";

export const touchByWhen: TouchByWhenHandler = async () => ({ ok: true });
