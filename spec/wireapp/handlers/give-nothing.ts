import type { GiveNothingHandler } from "../mizan/server/handlers.js";

export const giveNothing: GiveNothingHandler = async () => {};
