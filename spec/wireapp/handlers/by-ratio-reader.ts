import type { ByRatioReaderHandler } from "../mizan/server/handlers.js";

export const byRatioReader: ByRatioReaderHandler = async () => ({ ok: true });
