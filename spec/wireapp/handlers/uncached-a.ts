import type { UncachedAHandler } from "../mizan/server/handlers.js";

export const uncachedA: UncachedAHandler = async () => ({ ok: true });
