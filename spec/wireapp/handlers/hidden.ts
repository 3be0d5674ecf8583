import type { HiddenHandler } from "../mizan/server/handlers.js";

export const hidden: HiddenHandler = async () => ({ ok: true });
