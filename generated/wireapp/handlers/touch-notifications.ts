import type { TouchNotificationsHandler } from "../server/handlers.js";

export const touchNotifications: TouchNotificationsHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
