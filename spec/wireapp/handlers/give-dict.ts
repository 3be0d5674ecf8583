import type { GiveDictHandler } from "../mizan/server/handlers.js";

export const giveDict: GiveDictHandler = async () => ({ b: 1, a: 2 });
