import type { NotificationsHandler } from "../server/handlers.js";

export const notifications: NotificationsHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
