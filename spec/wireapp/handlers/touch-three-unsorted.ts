import type { TouchThreeUnsortedHandler } from "../mizan/server/handlers.js";

export const touchThreeUnsorted: TouchThreeUnsortedHandler = async () => ({ ok: true });
