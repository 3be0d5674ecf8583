import type { HiddenScanHandler } from "../server/handlers.js";

export const hiddenScan: HiddenScanHandler = async ({ scan }, ctx) => {
  throw ctx.notImplemented({ scan });
};
