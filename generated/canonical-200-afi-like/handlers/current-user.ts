import type { CurrentUserHandler } from "../server/handlers.js";

export const currentUser: CurrentUserHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
