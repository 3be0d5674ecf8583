import type { ByWhenReaderHandler } from "../mizan/server/handlers.js";

export const byWhenReader: ByWhenReaderHandler = async () => ({ ok: true });
