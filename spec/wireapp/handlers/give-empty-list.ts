import type { GiveEmptyListHandler } from "../mizan/server/handlers.js";

export const giveEmptyList: GiveEmptyListHandler = async () => [];
