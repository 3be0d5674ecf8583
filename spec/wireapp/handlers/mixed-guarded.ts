import type { MixedGuardedHandler } from "../mizan/server/handlers.js";

export const mixedGuarded: MixedGuardedHandler = async () => ({ ok: true });
