import type { WhoAmIHandler } from "../mizan/server/handlers.js";
import { describeUser } from "../users.js";

export const whoAmI: WhoAmIHandler = async (_input, ctx) => describeUser(ctx.user);
