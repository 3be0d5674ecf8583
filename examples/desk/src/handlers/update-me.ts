import type { UpdateMeHandler } from "../mizan/server/handlers.js";
import { changePerson } from "../server/store/people.js";

/** Changes the name and the note of whoever is signed in. */
export const updateMe: UpdateMeHandler = async (change, ctx) => {
  const person = await changePerson(ctx.app.db, ctx.user.id, change);
  if (person === null) throw new Error(`the signed-in person ${ctx.user.id} has no row`);
  return person;
};
