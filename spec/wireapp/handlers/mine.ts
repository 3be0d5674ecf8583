import type { MineHandler } from "../mizan/server/handlers.js";

export const mine: MineHandler = async () => ({ ok: true });
