/**
 * The `fetch` of one visitor: keeps cookies as a browser does, sends each request to one of the processes as a
 * balancer does, and has everything that passes by looked at. Nothing is changed on the way.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Chance } from "../../support/random.js";
import { CACHE_HEADER } from "../server/messages.js";
import { USER_HEADER } from "../server/user-names.js";
import { AnswerReader, toRequest, type Request } from "./answers.js";
import type { ServerProcess } from "./fleet.js";
import { now } from "./marks.js";
import { slotShown, toShown, writtenBy, type Shown } from "./rows.js";
import { groups } from "../server/store-names.js";
import type { Witness } from "./witness.js";
import type { World } from "./world.js";

export class Traffic {
  /** Nobody is signed in: empty. */
  user = "";
  inFlight = 0;
  /** Counts the visitor's resets: what was asked for before is none of its business afterwards. */
  epoch = 0;
  readonly #world: World;
  readonly #chance: Chance;
  readonly #witness: Witness;
  readonly #cookies = new Map<string, string>();

  constructor(world: World, witness: Witness, chance: Chance) {
    this.#world = world;
    this.#chance = chance;
    this.#witness = witness;
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const url = new URL(String(input));
    const asked = toRequest(url, init?.body);
    const sent = new Exchange(this.#world, this.#witness, this, asked);
    const headers = new Headers(init?.headers);
    const cookies = [...this.#cookies].map((pair) => pair.join("="));
    if (cookies.length > 0) headers.set("cookie", cookies.join("; "));
    if (this.user !== "") headers.set(USER_HEADER, this.user);
    this.inFlight += 1;
    const process = await this.#route();
    let response;
    try {
      response = await fetch(process.origin + url.pathname + url.search, { ...init, headers });
    } catch (error) {
      this.inFlight -= 1;
      throw sent.broken(process, init?.signal, error);
    }
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      this.#cookies.set(name, value);
    }
    return this.#follow(sent, process, response, init?.signal);
  };

  /** A process that takes requests: there may be none for a moment. */
  async #route(): Promise<ServerProcess> {
    for (;;) {
      const { routed } = this.#world.fleet;
      if (routed.length > 0) return this.#chance.pick(routed);
      await sleep(5);
    }
  }

  /** The same response, whose body is read on its way. */
  #follow(
    sent: Exchange,
    process: ServerProcess,
    response: Response,
    signal: AbortSignal | null | undefined,
  ): Response {
    const reader = sent.answered(process, response);
    const source = response.body?.getReader();
    const over = (): void => {
      this.inFlight -= 1;
      sent.complete(process, response);
    };
    if (source === undefined) {
      reader.end();
      over();
      return response;
    }
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        try {
          const { done, value } = await source.read();
          if (!done) {
            reader.take(value);
            controller.enqueue(value);
            return;
          }
          reader.end();
          over();
          controller.close();
        } catch (error) {
          this.inFlight -= 1;
          controller.error(sent.broken(process, signal, error));
        }
      },
      cancel: async (reason) => {
        this.inFlight -= 1;
        await source.cancel(reason);
      },
    });
    const { status, statusText, headers } = response;
    return new Response(body, { status, statusText, headers });
  }
}

/** One request and what came of it. */
class Exchange {
  readonly #world: World;
  readonly #witness: Witness;
  readonly #traffic: Traffic;
  readonly #request: Request;
  readonly #user: string;
  readonly #epoch: number;
  readonly #began = now();
  readonly #beganAt = performance.now();
  readonly #before: ReturnType<World["promises"]["before"]>;
  #written: readonly Shown[] | null = null;

  constructor(world: World, witness: Witness, traffic: Traffic, request: Request) {
    this.#world = world;
    this.#witness = witness;
    this.#traffic = traffic;
    this.#request = request;
    this.#user = traffic.user;
    this.#epoch = traffic.epoch;
    this.#before =
      request.kind === "call" ? world.promises.before(request.fn, request.args, this.#user) : [];
  }

  /** No answer, or not all of it. Answers the error, for whoever asked. */
  broken(process: ServerProcess, signal: AbortSignal | null | undefined, error: unknown): unknown {
    if (signal?.aborted === true) return error;
    this.#world.counts.lost += 1;
    if (!process.isKilled) {
      const cause = error instanceof Error ? (error.cause ?? error.message) : error;
      this.#fault(`was lost, and place ${process.place} was not killed: ${String(cause)}`);
    }
    return error;
  }

  answered(process: ServerProcess, response: Response): AnswerReader {
    const { counts } = this.#world;
    const request = this.#request;
    if (request.kind === "read") {
      counts.reads += 1;
      if (response.headers.get("X-Mizan-Cache") === "HIT") counts.hits += 1;
    }
    return new AnswerReader(request, response, {
      onSlot: ({ params }, slot, value) => {
        const shown = slotShown(slot, value, params, this.#user);
        this.#witness.received(shown, {
          began: this.#began,
          beganAt: this.#beganAt,
          user: this.#user,
          from: toFrom(process, response, this.#beganAt),
        });
      },
      onError: (envelope) => this.#checkError(process, response.status, envelope),
      onResult: (body) => this.#takeResult(response.status, body),
      onNonsense: (text) => this.#fault(`was answered ${response.status} with ${text}`),
    });
  }

  /** All of the answer has come. */
  complete(process: ServerProcess, response: Response): void {
    const { counts } = this.#world;
    if (this.#request.kind === "read") {
      const took = Math.round(performance.now() - this.#beganAt);
      counts.longestMs = Math.max(counts.longestMs, took);
    }
    if (this.#written === null) return;
    counts.calls += 1;
    const isGood = response.headers.get(CACHE_HEADER) === "good";
    this.#world.promises.acknowledge(process, this.#before, this.#written, isGood);
    if (this.#epoch === this.#traffic.epoch) this.#witness.wrote(this.#written);
  }

  #takeResult(status: number, body: unknown): void {
    if (this.#request.kind !== "call") return;
    const { fn, args } = this.#request;
    const { result, code, details, merge } = Object(body);
    if (merge !== undefined) this.#world.counts.merges += 1;
    if (status === 200) this.#written = writtenBy(fn, args, result, this.#user);
    if (code === "REGRETTED") {
      const head = { shelf_id: Number(args["shelf_id"]), version: details.version };
      this.#written = [toShown(groups.heads, head, false)];
    }
  }

  #checkError(process: ServerProcess, status: number, envelope: unknown): void {
    const { error, code, message } = Object(envelope);
    if (error !== true || typeof code !== "string" || typeof message !== "string") {
      this.#fault(`was answered ${status} without an envelope: ${JSON.stringify(envelope)}`);
    } else if (code === "UNAVAILABLE") {
      this.#world.counts.refused += 1;
      if (this.#request.kind === "call") {
        const { name, title, text } = this.#request.args;
        const wanted = name ?? title ?? text;
        if (typeof wanted === "string") this.#world.refused.add(wanted);
      }
      if (!process.isClosing) this.#fault(`was refused, and place ${process.place} was not ending`);
    } else if (!/^(UNAUTHORIZED|FORBIDDEN|ITEM_NOT_FOUND|REGRETTED)$/.test(code)) {
      this.#fault(`was answered ${status} ${code}: ${JSON.stringify(envelope)}`);
    }
  }

  #fault(text: string): void {
    this.#world.faults.add("answer", `${JSON.stringify(this.#request)} of ${this.#user} ${text}`);
  }
}

function toFrom({ place }: ServerProcess, { headers }: Response, beganAt: number): string {
  const hit = headers.get("X-Mizan-Cache") ?? "in lines";
  return `by place ${place} (${hit}, cache ${headers.get(CACHE_HEADER)}), asked for at ${Math.round(beganAt)}`;
}
