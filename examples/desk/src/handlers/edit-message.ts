import type { EditMessageHandler } from "../mizan/server/handlers.js";
import { editMessage as edit, findMessage } from "../server/store/tickets.js";

/** Only its author gets here: the predicate `owns_message` has looked. */
export const editMessage: EditMessageHandler = async ({ ticket_id, message_id, body }, ctx) => {
  const { db } = ctx.app;
  const before = await findMessage(db, message_id);
  if (before?.ticket_id !== ticket_id) throw ctx.errors.MessageNotFound({ message_id });
  const message = await edit(db, message_id, body);
  if (message === null) throw ctx.errors.MessageNotFound({ message_id });
  return message;
};
