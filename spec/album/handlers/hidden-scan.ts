import type { HiddenScanHandler } from "../mizan/server/handlers.js";

export const hiddenScan: HiddenScanHandler = ({ scan }) => scan.size;
