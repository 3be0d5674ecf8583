import type { GiveStrHandler } from "../mizan/server/handlers.js";

export const giveStr: GiveStrHandler = async () => "text";
