import type { GiveOptionalIntHandler } from "../mizan/server/handlers.js";

export const giveOptionalInt: GiveOptionalIntHandler = async ({ yes }) => (yes ? 3 : null);
