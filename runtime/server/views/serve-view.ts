/**
 * Carries out one request for a view: the checks of a call in their order, then the handler, which answers with
 * the framework's own response, at once or later.
 *
 * Does: answer in the error envelope whatever was refused or thrown before the handler answered; put what became
 * stale into the header, and take it out of the cache, before the first byte leaves. Does not: look at what is
 * answered; a status from 400 on means that nothing became stale but what the handler itself said.
 *
 * Words: an answer has *begun* when the handler has sent its first byte, or would have.
 */
import type { ServerResponse } from "node:http";
import type { NodeRequest } from "../adapters/node-request.js";
import { writeResponse } from "../adapters/write-response.js";
import { answerRefusal } from "../answer/answer.js";
import { contractMismatch, shuttingDown, type Refusal } from "../answer/refusal.js";
import type { Core } from "../core.js";
import { Effects } from "../effects/effects.js";
import { purgeLate } from "../effects/late-effects.js";
import { purge } from "../effects/purge.js";
import { checkGuard, checkPredicate } from "../identity/guards.js";
import { identify } from "../identity/identify.js";
import { acceptsContract } from "../request/handshake.js";
import { Exchange } from "../running/exchange.js";
import type { Entry, InFlight } from "../running/in-flight.js";
import { toLateRefusal, type Late } from "../running/late.js";
import { checkInput, createInvocation, toInternal, toRefusal } from "../running/run.js";
import { Issues } from "../values/issues.js";
import type { Plain } from "../values/own.js";
import { createAnswerGate, type AnswerGate } from "./answer-gate.js";
import type { Found } from "./route-table.js";
import { isSafe, readViewBody } from "./view-body.js";
import { ViewInvocationContext } from "./view-context.js";
import { toViewInput } from "./view-input.js";
import { withdrawBody } from "./withdraw-body.js";

/** Answers a request for the view that was found. */
export function serveView(
  core: Core,
  inFlight: InFlight,
  found: Found,
  request: NodeRequest,
  response: ServerResponse,
): void {
  const exchange = new Exchange(core, request);
  exchange.subject = found.view.definition.name;
  const recording = core.observer?.begin(exchange) ?? null;
  if (recording !== null) recording.kind = "view";
  if (inFlight.closing) {
    writeResponse(request.native, response, answerRefusal(exchange, shuttingDown));
    recording?.finish(shuttingDown.status, null);
    return;
  }
  const serving = new Serving(exchange, request, response, found, inFlight);
  const entry: Entry = { exchange, end: (why: Late) => serving.end(why) };
  inFlight.add(entry);
  const served = recording === null ? serving.run() : recording.within(() => serving.run());
  void served.then(() => {
    void exchange.uploads?.dispose();
    recording?.finish(response.statusCode, serving.stale);
    inFlight.remove(entry);
  });
}

class Serving {
  readonly #exchange: Exchange;
  readonly #request: NodeRequest;
  readonly #response: ServerResponse;
  readonly #found: Found;
  readonly #inFlight: InFlight;
  readonly #gate: AnswerGate;
  readonly #effects = new Effects();
  /** Declared effects, once the handler runs; null before, and for a view or a method without any. */
  #declared: (() => Effects) | null = null;
  /** How many entries the answer was sent with. */
  #told = 0;
  /** The handler was not done with beginning its answer. */
  #wentOn = false;
  /** The handler has returned; its answer may come later. */
  #isHandled = false;
  /** The handler took too long, and the client was told so. */
  #expired = false;
  /** The deadline of closing has passed once. */
  #isEnding = false;
  #giveUp: () => void = () => undefined;

  constructor(
    exchange: Exchange,
    request: NodeRequest,
    response: ServerResponse,
    found: Found,
    inFlight: InFlight,
  ) {
    this.#exchange = exchange;
    this.#inFlight = inFlight;
    this.#request = request;
    this.#response = response;
    this.#found = found;
    const { name } = found.view.definition;
    this.#gate = createAnswerGate(
      response,
      (status) => this.#open(status),
      (thrown) => {
        const refusal = toInternal(exchange, name, thrown);
        exchange.recording?.brokeOff(refusal);
      },
    );
    // Of what is said after the end; without a listener it would end the process.
    response.on("error", (error) => {
      this.#fail(toInternal(exchange, name, error));
    });
  }

  /** Resolves when the handler is done and the answer was sent, or nobody is there for it. Never rejects. */
  async run(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      if (this.#response.closed) resolve();
      else this.#response.once("close", resolve);
    });
    const expired = new Promise<void>((resolve) => {
      this.#giveUp = resolve;
    });
    const handled = this.#handle().catch((thrown: unknown) => {
      this.#fail(toInternal(this.#exchange, this.#found.view.definition.name, thrown));
    });
    void handled.then(() => {
      this.#isHandled = true;
      if (this.#gate.begun) this.#closeEffects();
      else void closed.then(() => this.#closeEffects());
    });
    await Promise.all([Promise.race([handled, expired]), closed]);
  }

  /** It takes longer than it may. What has begun is left to end, unless the server is to be gone by now. */
  end(why: Late): void {
    const exchange = this.#exchange;
    if (this.#gate.begun) {
      if (why !== "closing") return;
      exchange.abandon();
      this.#giveUp();
      if (!this.#gate.ended) exchange.recording?.brokeOff(shuttingDown);
      if (this.#isEnding || !this.#gate.ended) exchange.request.cut();
      this.#isEnding = true;
      return;
    }
    exchange.abandon();
    this.#expired = true;
    this.#isEnding = why === "closing";
    this.#fail(toLateRefusal(exchange, this.#found.view.definition.name, why));
    this.#giveUp();
  }

  async #handle(): Promise<void> {
    const exchange = this.#exchange;
    const { view } = this.#found;
    const body = await readViewBody(exchange, view);
    if (body.refusal !== null) return this.#fail(body.refusal);
    if (!acceptsContract(exchange)) return this.#fail(contractMismatch);
    await identify(exchange);
    exchange.start();
    const refused = checkGuard(view.fn, exchange.user);
    if (refused !== null) return this.#fail(refused);
    const issues = new Issues();
    const input = toViewInput(this.#found, body, issues);
    const denied = checkInput(issues) ?? (await checkPredicate(view.fn, exchange, input));
    if (denied !== null) return this.#fail(denied);
    await this.#invoke(input);
  }

  async #invoke(input: Plain): Promise<void> {
    const { view } = this.#found;
    const { declaredEffects } = view.fn;
    if (declaredEffects !== null && this.#changesAnything()) {
      this.#declared = () => declaredEffects(input, null);
    }
    const invocation = createInvocation(this.#exchange, view.fn, this.#effects);
    try {
      const context = new ViewInvocationContext(invocation, this.#response);
      const { recording } = this.#exchange;
      await (recording === null
        ? view.fn.handler(input, context)
        : recording.handler(view.fn, async () => view.fn.handler(input, context)));
    } catch (thrown) {
      this.#declared = null;
      const refusal = this.#gate.begun
        ? toInternal(this.#exchange, view.definition.name, thrown)
        : toRefusal(this.#exchange, view.fn, thrown);
      await this.#purgeAgain();
      this.#fail(refusal);
      return;
    }
    // Its client was told that it failed, but what it changed is changed all the same.
    if (this.#expired && this.#declared !== null) this.#effects.lead(this.#declared());
    if (this.#gate.begun) await this.#purgeAgain();
    // Nobody is there to be told, but what the handler changed is changed.
    else if (this.#response.closed) await this.#open(200);
  }

  /** For handlers that went on after their answer had begun: what they did since may have been kept before. */
  async #purgeAgain(): Promise<void> {
    if (!this.#gate.begun) return;
    const isLate = countOf(this.#effects) !== this.#told && !this.#expired;
    if (isLate) {
      this.#exchange.core.logger.warn(
        `mizan: ${this.#found.view.definition.name} said what became stale after it had begun to answer, ` +
          "when the client can no longer be told: say it before",
      );
    }
    if (isLate || this.#wentOn) await this.#purge();
  }

  /** Of a view for links and forms alike, only what a form sends changes anything. */
  #changesAnything(): boolean {
    const { methods } = this.#found.view.definition;
    return !isSafe(this.#request.method) || methods.every(isSafe);
  }

  /** The last moment before the first byte. */
  #open(status: number): Promise<void> | null {
    const exchange = this.#exchange;
    const { core } = exchange;
    const response = this.#response;
    if (status < 400 && this.#declared !== null) this.#effects.lead(this.#declared());
    this.#told = countOf(this.#effects);
    exchange.makeHead();
    void this.#watchOn();
    if (!response.headersSent) {
      response.setHeader(core.headers.contract, core.contract.hash);
      const { recording } = exchange;
      if (core.observer?.showsTiming === true && recording !== null) {
        response.appendHeader("Server-Timing", recording.toServerTiming());
      }
      if (this.#inFlight.closing) response.setHeader("Connection", "close");
      if (!response.hasHeader("Cache-Control")) {
        const isPage = isSafe(this.#request.method);
        response.setHeader("Cache-Control", isPage ? "private, no-cache" : "no-store");
      }
      // Those of functions that were called on the way.
      for (const [name, values] of exchange.collectedHeaders?.entries() ?? []) {
        for (const value of values) response.appendHeader(name, value);
      }
      if (exchange.identityChanged) response.setHeader(core.headers.identity, "changed");
      const stale = status < 400 ? this.stale.toHeader() : null;
      if (stale !== null) response.setHeader(core.headers.invalidate, stale);
    }
    const purged = this.#purge();
    if (this.#isHandled) this.#closeEffects();
    return purged;
  }

  /** Neither the answer nor the end of the handler is there any more to say what comes from now on. */
  #closeEffects(): void {
    const { name } = this.#found.view.definition;
    this.#effects.close((entry) => purgeLate(this.#exchange, name, entry));
  }

  /** A handler whose last act is to answer is done within a few microtasks; doing more takes more of them. */
  async #watchOn(): Promise<void> {
    for (let turn = 0; turn < LAST_ACT; turn++) await null;
    this.#wentOn = true;
  }

  /**
   * What became stale, whether or not the client could be told. There is no body for merged values: what a called
   * function would merge is stale instead.
   */
  get stale(): Effects {
    return this.#effects.afterFailure();
  }

  /** Takes copies of what became stale out of the cache; null where there is nothing to wait for. */
  #purge(): Promise<void> | null {
    return purge(this.#exchange.core, this.#effects);
  }

  /** The envelope, or what is left to do where something else was sent already. */
  #fail(refusal: Refusal): void {
    const response = this.#response;
    if (this.#gate.begun) {
      if (this.#gate.ended) return;
      this.#exchange.recording?.brokeOff(refusal);
      response.destroy();
      return;
    }
    withdrawBody(response);
    writeResponse(this.#request.native, response, answerRefusal(this.#exchange, refusal));
  }
}

/** Microtasks between the last statement of an async handler and whoever waits for it, and some to spare. */
const LAST_ACT = 8;

const countOf = (effects: Effects): number => effects.afterFailure().toInvalidate()?.length ?? 0;
