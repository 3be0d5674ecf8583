import type { HalfPrivateHiddenHandler } from "../mizan/server/handlers.js";

export const halfPrivateHidden: HalfPrivateHiddenHandler = async () => ({ ok: true });
