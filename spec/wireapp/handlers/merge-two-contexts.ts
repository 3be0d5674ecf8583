import type { MergeTwoContextsHandler } from "../mizan/server/handlers.js";

export const mergeTwoContexts: MergeTwoContextsHandler = async () => [{ text: "merged" }];
