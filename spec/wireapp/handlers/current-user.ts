import type { CurrentUserHandler } from "../mizan/server/handlers.js";
import { describeUser } from "../users.js";

export const currentUser: CurrentUserHandler = async (_input, ctx) => describeUser(ctx.user);
