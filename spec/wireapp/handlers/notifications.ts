import type { NotificationsHandler } from "../mizan/server/handlers.js";

export const notifications: NotificationsHandler = async () => [{ text: "hello" }];
