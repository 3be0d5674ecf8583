import type { GiveNullForModelHandler } from "../mizan/server/handlers.js";

export const giveNullForModel: GiveNullForModelHandler = async () => JSON.parse("null");
