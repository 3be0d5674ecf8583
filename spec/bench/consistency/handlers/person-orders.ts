import type { PersonOrdersHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const personOrders: PersonOrdersHandler = reads.person_orders;
