import type { TakeHandler } from "../mizan/server/handlers.js";
import { withoutNulls } from "../without-nulls.js";

export const take: TakeHandler = async (input) => withoutNulls(input);
