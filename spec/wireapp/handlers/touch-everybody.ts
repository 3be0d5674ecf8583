import type { TouchEverybodyHandler } from "../mizan/server/handlers.js";

export const touchEverybody: TouchEverybodyHandler = async () => ({ ok: true });
