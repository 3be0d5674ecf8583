import type { BrokenOkHandler } from "../mizan/server/handlers.js";

export const brokenOk: BrokenOkHandler = async () => ({ ok: true });
