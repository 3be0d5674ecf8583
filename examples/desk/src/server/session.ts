/** Sign-in by a random id in a cookie that scripts of the page cannot read. */
import { randomBytes } from "node:crypto";
import type { Queries } from "./database.js";
import type { DeskUser } from "./register.js";
import { endSession, findPersonOfSession, startSession } from "./store/people.js";

const cookieName = "desk_session";
const attributes = "Path=/; HttpOnly; SameSite=Lax";

interface Cookies {
  readonly headers: { readonly cookie?: string | undefined };
}
interface Answer {
  append(name: string, value: string): void;
}

function sessionOf(request: Cookies): string | null {
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  const own = pairs.find((pair) => pair.startsWith(`${cookieName}=`));
  return own?.slice(cookieName.length + 1) ?? null;
}

/** The person whose session the request carries, or null. */
export async function userOf(db: Queries, request: Cookies): Promise<DeskUser | null> {
  const session = sessionOf(request);
  if (session === null) return null;
  const person = await findPersonOfSession(db, session);
  return person && { id: person.id, isStaff: person.role === "lead" };
}

/** Ends the session that the request carries, if any, and starts one for this person. */
export async function signIn(
  db: Queries,
  request: Cookies,
  answer: Answer,
  personId: number,
): Promise<void> {
  await signOut(db, request, answer);
  const session = randomBytes(24).toString("base64url");
  await startSession(db, session, personId);
  answer.append("Set-Cookie", `${cookieName}=${session}; ${attributes}; Max-Age=604800`);
}

export async function signOut(db: Queries, request: Cookies, answer: Answer): Promise<void> {
  const session = sessionOf(request);
  if (session === null) return;
  await endSession(db, session);
  answer.append("Set-Cookie", `${cookieName}=; ${attributes}; Max-Age=0`);
}
