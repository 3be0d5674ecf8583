import type { GiveListOfIntHandler } from "../mizan/server/handlers.js";

export const giveListOfInt: GiveListOfIntHandler = async () => [1, 2];
