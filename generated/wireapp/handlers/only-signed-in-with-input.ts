import type { OnlySignedInWithInputHandler } from "../server/handlers.js";

export const onlySignedInWithInput: OnlySignedInWithInputHandler = async ({ n }, ctx) => {
  throw ctx.notImplemented({ n });
};
