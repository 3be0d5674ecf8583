import type { AddNumbersHandler } from "../mizan/server/handlers.js";

export const addNumbers: AddNumbersHandler = async ({ a, b }) => ({ ok: a + b > 0 });
