import type { TakeModelHandler } from "../mizan/server/handlers.js";

export const takeModel: TakeModelHandler = async ({ point }) => point;
