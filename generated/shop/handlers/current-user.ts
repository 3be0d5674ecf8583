import type { CurrentUserHandler } from "../server/handlers.js";

/** Who is signed in. */
export const currentUser: CurrentUserHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
