import type { SweepHandler } from "../mizan/server/handlers.js";

/** Nothing cached may be believed any more. What the contract says of it is all that it does. */
export const sweep: SweepHandler = () => null;
