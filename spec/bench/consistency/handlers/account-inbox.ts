import type { AccountInboxHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const accountInbox: AccountInboxHandler = reads.account_inbox;
