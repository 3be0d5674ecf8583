/** Sessions and calls over HTTP: what the model's server answers to calls, with tokens, and in odd forms. */
import type { Answer } from "../../../wire/answer.js";
import { own } from "../../../wire/json.js";
import { createCalls } from "../calls.js";
import { contract } from "../contract.js";
import type { Ledger } from "../ledger.js";
import { createNetwork } from "../network.js";
import type { Server, Written } from "../server.js";
import type { World } from "../world.js";
import type { Asked } from "./fetch.js";
import { drawOddReply, type Reply, type Trouble } from "./trouble.js";

export interface CallDesk {
  readonly session: (asked: Asked) => void;
  /** Answers the calls of one client. */
  readonly createCall: (ledger: Ledger) => (asked: Asked) => void;
  /** What a call wrote, by a name that stands among its effects, so that it is known when others hear of it. */
  readonly written: ReadonlyMap<unknown, Written>;
}

const FORMS = [
  ..."plain ".repeat(12).trim().split(" "),
  "replaced",
  "cut off",
  "error inside",
  "nested error",
] as const;
type Form = (typeof FORMS)[number];

/** `faults` hears of calls that come twice. */
export function createCallDesk(
  world: World,
  server: Server,
  trouble: Trouble,
  faults: string[],
): CallDesk {
  const { leg } = createNetwork(world);
  const written = new Map<unknown, Written>();
  const tried = new Set<unknown>();
  let token = "first";

  const reply = (asked: Asked, status: number, body: object): void =>
    void world.after(leg(), () => asked.answer({ status, body: JSON.stringify(body) }));

  const session = (asked: Asked): void => {
    if (!world.chance(0.1)) return reply(asked, 200, { csrfToken: token });
    if (!trouble.isOdd) return reply(asked, 503, { error: true, code: "UNAVAILABLE" });
    return void world.after(leg(), () => asked.answer(drawOddReply(world)));
  };

  const createCall =
    (ledger: Ledger) =>
    (asked: Asked): void => {
      if (trouble.hasCsrf) {
        if (asked.headers.get("X-CSRFToken") !== token) {
          return reply(asked, 403, {
            error: true,
            code: "FORBIDDEN",
            details: { reason: "csrf" },
          });
        }
        // Changes once: a call that was refused and has asked for the new one is not refused again.
        if (world.chance(0.1)) token = "second";
      }
      const args = own(asked.body, "args");
      const id = own(args, "id");
      if (tried.has(id)) faults.push(`Call ${id} was sent again`);
      tried.add(id);
      const form = trouble.isOdd ? world.pick(FORMS) : "plain";
      const isHeard = form === "plain" || form === "nested error";
      let wrote: Written = [];
      const noting: Ledger = {
        ...ledger,
        owe: (news) => ledger.owe((wrote = news)),
        answered: isHeard ? ledger.answered : new Map(),
      };
      const { call } = createCalls(world, server, noting);
      return void call("mutate", args, { headers: {}, onSend: () => undefined }).then((answer) => {
        const name = `written by ${id}`;
        written.set(name, wrote);
        asked.answer(replyTo(world, named(answer, name), form));
      }, asked.lose);
    };

  return { session, createCall, written };
}

/** The answer, with a name among its effects if it has any in which there is room for it. */
function named(answer: Answer, name: string): Answer {
  const { body } = answer;
  const { invalidate = [] } = body ?? {};
  if (!(body?.merge || body?.invalidate) || !Array.isArray(invalidate)) return answer;
  return { ...answer, body: { ...body, invalidate: [...invalidate, name] } };
}

/** Only what went well is cut off or contradicts itself: of an error that cannot be read its status says enough. */
function replyTo(world: World, { status, headers, body }: Answer, form: Form): Reply {
  const identity = headers?.get("Identity");
  const sent = {
    status,
    headers: identity ? { [`${contract.headerPrefix}Identity`]: identity } : {},
    body: JSON.stringify(body),
  };
  if (form === "replaced") return drawOddReply(world);
  if (status === 200) {
    if (form === "cut off") return { ...sent, body: sent.body.slice(0, -3) };
    if (form === "error inside") {
      return { ...sent, body: JSON.stringify({ ...body, error: true, code: "ODD" }) };
    }
  } else if (form === "nested error") {
    const { code, ...others } = body ?? {};
    return { ...sent, body: JSON.stringify({ ...others, error: { code } }) };
  }
  return sent;
}
