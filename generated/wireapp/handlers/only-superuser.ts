import type { OnlySuperuserHandler } from "../server/handlers.js";

export const onlySuperuser: OnlySuperuserHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
