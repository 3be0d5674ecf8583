import type { UncachedBHandler } from "../mizan/server/handlers.js";

export const uncachedB: UncachedBHandler = async () => ({ ok: true });
