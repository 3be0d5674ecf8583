import type { TouchNotificationsHandler } from "../mizan/server/handlers.js";

export const touchNotifications: TouchNotificationsHandler = async () => ({ ok: true });
