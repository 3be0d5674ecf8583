import type { GiveWrongShapeHandler } from "../mizan/server/handlers.js";

export const giveWrongShape: GiveWrongShapeHandler = async () => JSON.parse('{"nope":1}');
