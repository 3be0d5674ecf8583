import type { TouchPairHandler } from "../mizan/server/handlers.js";

export const touchPair: TouchPairHandler = async () => ({ ok: true });
