import type { GiveListOfModelHandler } from "../mizan/server/handlers.js";

export const giveListOfModel: GiveListOfModelHandler = async () => [{ id: 1, title: "a" }];
