import type { GiveBigIntHandler } from "../mizan/server/handlers.js";

export const giveBigInt: GiveBigIntHandler = async () => 2 ** 70;
