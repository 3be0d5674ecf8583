import type { ByPageReaderHandler } from "../mizan/server/handlers.js";

export const byPageReader: ByPageReaderHandler = async () => ({ ok: true });
