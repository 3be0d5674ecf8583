import type { SignOutHandler } from "../mizan/server/handlers.js";
import { signOut as endSession } from "../server/session.js";

export const signOut: SignOutHandler = async (_input, ctx) => {
  await endSession(ctx.app.db, ctx.req, ctx.res);
  ctx.identityChanged();
};
