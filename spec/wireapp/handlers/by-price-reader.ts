import type { ByPriceReaderHandler } from "../mizan/server/handlers.js";

export const byPriceReader: ByPriceReaderHandler = async () => ({ ok: true });
