import type { DeleteMessageHandler } from "../mizan/server/handlers.js";
import { deleteMessage as remove, findMessage } from "../server/store/tickets.js";

/** Only its author gets here: the predicate `owns_message` has looked. */
export const deleteMessage: DeleteMessageHandler = async ({ ticket_id, message_id }, ctx) => {
  const { db } = ctx.app;
  const message = await findMessage(db, message_id);
  const found = message?.ticket_id === ticket_id && (await remove(db, message_id));
  if (!found) throw ctx.errors.MessageNotFound({ message_id });
};
