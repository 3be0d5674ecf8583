import type { AccountPlanHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const accountPlan: AccountPlanHandler = reads.account_plan;
