import type { UnfilledHandler } from "../mizan/server/handlers.js";

/** Its handler stays the stub that the generator wrote. */
export const unfilled: UnfilledHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
