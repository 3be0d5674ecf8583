/** `ctx.issueMwt()`. */
import { Refused } from "../../answer/failures.js";
import { forbidden, unauthorized } from "../../answer/refusal.js";
import type { Exchange } from "../../running/exchange.js";

/**
 * A token for the user of this request's session. What is wrong is thrown at once, not rejected: a handler that
 * forgets to await it must not bring the process down.
 */
export function issueMwt({ core, user, tokenUser }: Exchange): Promise<string> {
  if (core.mwt === null) throw new TypeError("ctx.issueMwt() needs the option mwt");
  if (tokenUser !== null) throw new Refused(forbidden("A token is issued to a session only"));
  if (user === null) throw new Refused(unauthorized());
  return core.mwt.issue(user);
}
