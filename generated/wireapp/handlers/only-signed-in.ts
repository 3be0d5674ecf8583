import type { OnlySignedInHandler } from "../server/handlers.js";

export const onlySignedIn: OnlySignedInHandler = async (_input, ctx) => {
  throw ctx.notImplemented();
};
