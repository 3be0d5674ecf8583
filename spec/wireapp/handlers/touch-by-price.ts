import type { TouchByPriceHandler } from "../mizan/server/handlers.js";

export const touchByPrice: TouchByPriceHandler = async () => ({ ok: true });
