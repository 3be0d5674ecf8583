import type { ByFlagReaderHandler } from "../mizan/server/handlers.js";

export const byFlagReader: ByFlagReaderHandler = async () => ({ ok: true });
