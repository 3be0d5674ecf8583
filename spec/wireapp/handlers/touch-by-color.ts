import type { TouchByColorHandler } from "../mizan/server/handlers.js";

export const touchByColor: TouchByColorHandler = async () => ({ ok: true });
