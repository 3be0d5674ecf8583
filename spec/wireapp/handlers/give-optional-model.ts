import type { GiveOptionalModelHandler } from "../mizan/server/handlers.js";

export const giveOptionalModel: GiveOptionalModelHandler = async ({ yes }) =>
  yes ? { user_id: 1, name: "n" } : null;
