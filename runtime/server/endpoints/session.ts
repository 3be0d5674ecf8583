/** `GET session/`: the token that calls prove themselves with. */
import { randomBytes } from "node:crypto";
import { answerJson } from "../answer/answer.js";
import { headerText } from "../identity/origins.js";
import type { Exchange } from "../running/exchange.js";
import type { WireResponse } from "../wire.js";

export function answerSession(exchange: Exchange): WireResponse {
  const { core, request } = exchange;
  if (core.csrf === null) {
    // Nobody will check it, but clients that do not know ask for one before their first call.
    const token = randomBytes(32).toString("base64url");
    return answerJson(exchange, 200, JSON.stringify({ csrfToken: token }), "no-store", null);
  }
  const { setCookie, token } = core.csrf.issue(
    headerText(request.headers["cookie"]),
    request.secure,
  );
  const body = JSON.stringify({ csrfToken: token });
  const answer = answerJson(exchange, 200, body, "no-store", null);
  answer.headers["Set-Cookie"] = setCookie;
  return answer;
}
