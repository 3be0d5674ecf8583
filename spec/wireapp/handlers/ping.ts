import type { PingHandler } from "../mizan/server/handlers.js";

export const ping: PingHandler = async () => ({ ok: true });
