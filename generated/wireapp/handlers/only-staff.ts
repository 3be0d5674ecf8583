import type { OnlyStaffHandler } from "../server/handlers.js";

export const onlyStaff: OnlyStaffHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
