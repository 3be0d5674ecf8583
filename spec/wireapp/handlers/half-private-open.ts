import type { HalfPrivateOpenHandler } from "../mizan/server/handlers.js";

export const halfPrivateOpen: HalfPrivateOpenHandler = async () => ({ ok: true });
