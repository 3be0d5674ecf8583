import type { GiveNanHandler } from "../mizan/server/handlers.js";

export const giveNan: GiveNanHandler = async () => Number.NaN;
