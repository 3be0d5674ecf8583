import type { PutOrderFirstHandler } from "../mizan/server/handlers.js";
import { appendOrder } from "../state.js";

export const putOrderFirst: PutOrderFirstHandler = async ({ user_id, title }) =>
  appendOrder(user_id, title);
