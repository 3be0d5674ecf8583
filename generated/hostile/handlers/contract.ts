import type { ContractHandler } from "../server/handlers.js";

export const contract: ContractHandler = async ({ contract }, ctx) => {
  throw ctx.notImplemented({ contract });
};
