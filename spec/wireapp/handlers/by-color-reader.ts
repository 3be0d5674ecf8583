import type { ByColorReaderHandler } from "../mizan/server/handlers.js";

export const byColorReader: ByColorReaderHandler = async () => ({ ok: true });
