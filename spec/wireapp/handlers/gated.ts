import type { GatedHandler } from "../mizan/server/handlers.js";

export const gated: GatedHandler = async () => ({ ok: true });
