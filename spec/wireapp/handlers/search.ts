import type { SearchHandler } from "../mizan/server/handlers.js";
import { withoutNulls } from "../without-nulls.js";

export const search: SearchHandler = async (input) => ({ seen: withoutNulls(input) });
