import type { AccountAlertsHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const accountAlerts: AccountAlertsHandler = reads.account_alerts;
