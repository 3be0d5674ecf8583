import type { MixedOpenHandler } from "../mizan/server/handlers.js";

export const mixedOpen: MixedOpenHandler = async () => ({ ok: true });
