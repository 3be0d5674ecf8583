import type { Cached60BHandler } from "../mizan/server/handlers.js";

export const cached60B: Cached60BHandler = async () => ({ ok: true });
