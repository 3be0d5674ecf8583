/** Whether the sender of a request may change something: its token, its page's origin, its CSRF token. */
import { forbidden, type Refusal } from "../answer/refusal.js";
import type { Exchange } from "../running/exchange.js";
import { headerText } from "./origins.js";
import { authenticateToken } from "./tokens/authenticate-token.js";

/** For whatever is no mere read, before its body is looked at. Only a token has to be waited for. */
export function checkSender(exchange: Exchange): Refusal | null | Promise<Refusal | null> {
  const token = authenticateToken(exchange);
  return token === null
    ? checkPage(exchange)
    : token.then((refusal) => refusal ?? checkPage(exchange));
}

const checkPage = (exchange: Exchange): Refusal | null =>
  exchange.request.isInProcess ? null : (checkOrigin(exchange) ?? checkCsrf(exchange));

export function checkOrigin({ core, request }: Exchange): Refusal | null {
  const origin = headerText(request.headers["origin"]);
  if (origin === undefined || core.origins.mayCall(origin, request)) return null;
  // A proxy that rewrites Host says what it was; whether to believe it is the framework's setting.
  const hint =
    request.headers["x-forwarded-host"] === undefined
      ? ""
      : ", or let Express believe the proxy in front (trust proxy)";
  core.logger.warn(
    `mizan: refused a call from the origin ${JSON.stringify(origin.slice(0, 200))}; ` +
      `if its pages may call, name it in the option trustedOrigins or cors.origins${hint}`,
  );
  return forbidden("Origin not allowed", { reason: "origin" });
}

/** `field` is what a form said, which cannot set headers; a header goes before it. */
export function checkCsrf(
  { core, request: { headers }, tokenUser }: Exchange,
  field?: string,
): Refusal | null {
  if (core.csrf === null || tokenUser !== null) return null;
  const given = headerText(headers["x-csrftoken"]) ?? field;
  return core.csrf.accepts(headerText(headers["cookie"]), given)
    ? null
    : forbidden("CSRF token missing or incorrect", { reason: "csrf" });
}
