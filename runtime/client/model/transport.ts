/** What calls of the kernel meet between it and the model's server; reads are in `reads.ts`. */
import type { Body } from "../../wire/answer.js";
import type { Transport } from "../transport.js";
import { MUTATIONS, placeElement, type Aim, type Done } from "./mutations.js";
import { createNetwork } from "./network.js";
import { createReads } from "./reads.js";
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

/** What calls wrote whose success the client has heard of, by their `id`. */
export type Answered = Map<unknown, Done["written"]>;

export function createTransport(world: World, server: Server, answered: Answered): Transport {
  const { leg, send } = createNetwork(world);
  const reads = createReads(world, server);

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
            for (const [cell, version] of written) server.owe(cell, version);
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
                return give(200, {
                  result: null,
                  ...effects,
                  invalidate: world.pick<never>([5, [null], [{}], "user"] as never),
                });
              default:
                world.after(leg(), () => {
                  answered.set(id, written);
                  resolve({ status: 200, body: { result: null, ...effects } });
                });
            }
          });
        });
      }),

    fetch: reads.fetch,
  };
}

function headerOf(name: string, value: string | null): (asked: string) => string | null {
  return (asked) => (asked.endsWith(name) ? value : null);
}
