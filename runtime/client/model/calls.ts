/** How the model's server answers calls, and what may become of them on the way. */
import type { Body } from "../../wire/answer.js";
import type { Effects } from "../../wire/effects.js";
import type { Transport } from "../transport.js";
import type { Ledger } from "./ledger.js";
import { MUTATIONS, placeElement, type Aim, type Done } from "./mutations.js";
import { createNetwork } from "./network.js";
import type { Server } from "./server.js";
import type { World } from "./world.js";

/** How a call fares. Those that were executed before the client hears of them are owed to it. */
const CALL_FATES = [
  ..."answered ".repeat(24).trim().split(" "),
  "refused",
  "failed after an explicit invalidation",
  "failed, nobody knows where",
  "answer lost",
  "request lost",
  "answer lost, executed later",
  "identity changed",
  "unreadable effects",
] as const;

/** `id` tells calls apart. With an `aim` it is known beforehand what the call writes, but for how. */
export interface Args {
  readonly id: number;
  readonly aim: Aim | undefined;
}

/** What no client can read, in place of what it could: each counts as reaching everything. */
const UNREADABLE: readonly { readonly [Part in keyof Effects]?: unknown }[] = [
  { invalidate: 5 },
  { invalidate: "user" },
  { invalidate: [null] },
  { invalidate: [{}] },
  { invalidate: [{ function: 5 }] },
  { merge: {} },
  { merge: [null] },
  { merge: [{ context: 5 }] },
];

export function createCalls(
  world: World,
  server: Server,
  { answered, owe }: Ledger,
): Pick<Transport, "call"> {
  const { leg, send } = createNetwork(world);

  return {
    call: (_fn, args, { onSend }) =>
      new Promise((resolve, reject) => {
        send(onSend, reject, () => {
          const fate = world.pick(CALL_FATES);
          const { id, aim } = args as Args;
          const mutate = (): Done =>
            aim ? placeElement(world, server, aim) : world.pick(MUTATIONS)(world, server);
          const give = (status: number, body: Body, identity: string | null = null): void => {
            const answer = { status, headers: { get: headerOf("Identity", identity) }, body };
            world.after(leg(), () => resolve(answer));
          };
          const lose = (): unknown => world.after(leg(), () => reject(new TypeError("Lost")));
          world.after(leg(), () => {
            if (fate === "request lost") return lose();
            if (fate === "refused") return give(409, { error: true, code: "NOT_NOW" });
            if (fate === "answer lost, executed later") {
              world.after(leg() + leg(), mutate);
              return lose();
            }
            const { effects, written } = mutate();
            owe(written);
            switch (fate) {
              case "answer lost":
                return lose();
              case "failed, nobody knows where":
                return give(500, { error: true, code: "INTERNAL_ERROR" });
              case "failed after an explicit invalidation":
                return give(409, { error: true, code: "NOT_NOW", invalidate: ["user", "team"] });
              case "identity changed":
                return give(200, { result: null, ...effects }, "changed");
              case "unreadable effects":
                // A body is typed as if all went well.
                return give(200, { result: null, ...effects, ...world.pick(UNREADABLE) } as Body);
              default:
                world.after(leg(), () => {
                  answered.set(id, written);
                  resolve({ status: 200, body: { result: null, ...effects } });
                });
            }
          });
        });
      }),
  };
}

function headerOf(name: string, value: string | null): (asked: string) => string | null {
  return (asked) => (asked.endsWith(name) ? value : null);
}
