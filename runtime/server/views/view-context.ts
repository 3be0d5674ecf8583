/** What a view's handler gets as `ctx`. */
import type { ServerResponse } from "node:http";
import { headerText } from "../identity/origins.js";
import { CommonContext, type Invocation } from "../running/invocation.js";
import type { Exchange } from "../running/exchange.js";

export class ViewInvocationContext extends CommonContext {
  readonly #exchange: Exchange;
  readonly #response: ServerResponse;
  #csrfToken: string | null = null;

  constructor(invocation: Invocation, response: ServerResponse) {
    super(invocation);
    this.#exchange = invocation.exchange;
    this.#response = response;
  }

  /** The framework's own. */
  get res(): ServerResponse {
    return this.#response;
  }
  /** One token per answer: a second cookie would replace the first. */
  get csrfToken(): () => string {
    return () => (this.#csrfToken ??= this.#issueToken());
  }

  #issueToken(): string {
    const { core, request } = this.#exchange;
    if (core.csrf === null) return "";
    const cookies = headerText(request.headers["cookie"]);
    const { setCookie, token } = core.csrf.issue(cookies, request.secure);
    this.#response.appendHeader("Set-Cookie", setCookie);
    return token;
  }
}
