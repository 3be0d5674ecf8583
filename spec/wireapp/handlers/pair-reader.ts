import type { PairReaderHandler } from "../mizan/server/handlers.js";

export const pairReader: PairReaderHandler = async () => ({ ok: true });
