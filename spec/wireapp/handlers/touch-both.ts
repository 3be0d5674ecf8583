import type { TouchBothHandler } from "../mizan/server/handlers.js";

export const touchBoth: TouchBothHandler = async () => ({ ok: true });
