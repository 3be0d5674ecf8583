import type { GiveIntHandler } from "../mizan/server/handlers.js";

export const giveInt: GiveIntHandler = async () => 5;
