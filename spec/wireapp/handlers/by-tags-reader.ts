import type { ByTagsReaderHandler } from "../mizan/server/handlers.js";

export const byTagsReader: ByTagsReaderHandler = async () => ({ ok: true });
