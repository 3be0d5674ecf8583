import type { SignOutHandler } from "../server/handlers.js";

export const signOut: SignOutHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
