import type { SignInHandler } from "../mizan/server/handlers.js";
import { signIn as startSession } from "../server/session.js";
import { findPerson } from "../server/store/people.js";

/** Signs in as one of the seeded people. */
export const signIn: SignInHandler = async ({ person_id }, ctx) => {
  const person = await findPerson(ctx.app.db, person_id);
  if (person === null) throw ctx.errors.PersonNotFound({ person_id });
  await startSession(ctx.app.db, ctx.req, ctx.res, person.id);
  // Whatever the page holds was read by somebody else: it drops everything and asks anew.
  ctx.identityChanged();
  return person;
};
