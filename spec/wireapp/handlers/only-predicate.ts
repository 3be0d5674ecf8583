import type { OnlyPredicateHandler } from "../mizan/server/handlers.js";

export const onlyPredicate: OnlyPredicateHandler = async () => ({ ok: true });
