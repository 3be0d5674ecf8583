import type { UpdateProfileHandler } from "../server/handlers.js";

export const updateProfile: UpdateProfileHandler = async (
  { user_id, name, notify, address },
  ctx,
) => {
  throw ctx.notImplemented({ user_id, name, notify, address });
};
