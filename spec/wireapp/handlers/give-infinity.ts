import type { GiveInfinityHandler } from "../mizan/server/handlers.js";

export const giveInfinity: GiveInfinityHandler = async () => Number.NEGATIVE_INFINITY;
