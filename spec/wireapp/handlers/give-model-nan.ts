import type { GiveModelNanHandler } from "../mizan/server/handlers.js";

export const giveModelNan: GiveModelNanHandler = async () => ({ f: Number.NaN });
