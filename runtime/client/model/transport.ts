/** A network that delays, loses and breaks, between the kernel and the model's server. */
import type { Answer, Body } from "../../wire/answer.js";
import type { Transport } from "../transport.js";
import { PLACES, slotNow, type Place } from "./contract.js";
import { MUTATIONS } from "./mutations.js";
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

export function createTransport(world: World, server: Server): Transport {
  /** One way through the network. */
  const leg = (): number =>
    world.chance(0.02)
      ? 1500 * world.random()
      : world.chance(0.1)
        ? 60 * world.random()
        : 10 * world.random();

  /** Hands a request over, sometimes only after a while. False: the kernel does not want it any more. */
  const send = (onSend: () => void, reject: (reason: unknown) => void, sent: () => void): void => {
    const handOver = (): void => {
      try {
        onSend();
      } catch (error) {
        reject(error);
        return;
      }
      sent();
    };
    if (world.chance(0.15)) world.after(leg(), handOver);
    else handOver();
  };

  return {
    call: (_fn, _args, { onSend }) =>
      new Promise((resolve, reject) => {
        send(onSend, reject, () => {
          const fate = world.pick(CALL_FATES);
          const give = (status: number, body: Body, identity: string | null = null): void => {
            const answer = { status, headers: { get: headerOf("Identity", identity) }, body };
            world.after(leg(), () => resolve(answer));
          };
          const lose = (): unknown => world.after(leg(), () => reject(new TypeError("Lost")));
          world.after(leg(), () => {
            if (fate === "request lost") return lose();
            if (fate === "refused") return give(409, { error: true, code: "NOT_NOW" });
            if (fate === "answer lost, executed later") {
              world.after(leg() + leg(), () => world.pick(MUTATIONS)(world, server));
              return lose();
            }
            const { effects, written } = world.pick(MUTATIONS)(world, server);
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
                return give(200, { result: null, ...effects });
            }
          });
        });
      }),

    fetch: (context, params, { onSend, signal }) =>
      new Promise((resolve, reject) => {
        if (world.chance(0.5)) signal.addEventListener("abort", () => reject(signal.reason));
        send(onSend, reject, () => {
          const place = placeOf(context, params);
          const slots = context === "team" ? ["members", "total"] : ["profile", "orders"];
          const bundle = new Map<string, unknown>();
          // The functions of a context run concurrently, so each sees its own moment.
          for (const slot of slots) {
            world.after(leg(), () => {
              bundle.set(slot, slotNow(server, place, slot));
              if (bundle.size < slots.length) return;
              world.after(leg(), () => {
                if (world.chance(0.03)) return reject(new TypeError("Lost"));
                const [status, body] = world.chance(0.03)
                  ? [503, { error: true, code: "UNAVAILABLE" } as const]
                  : world.chance(0.02)
                    ? [404, { error: true, code: "NOT_FOUND" } as const]
                    : [200, Object.fromEntries(bundle)];
                const answer: Answer = { status, headers: { get: () => null }, body };
                return resolve(answer);
              });
            });
          }
        });
      }),
  };
}

function headerOf(name: string, value: string | null): (asked: string) => string | null {
  return (asked) => (asked.endsWith(name) ? value : null);
}

function placeOf(context: string, params: Readonly<Record<string, unknown>>): Place {
  const found = PLACES.find((place) =>
    place.context === "team"
      ? context === "team"
      : context === "user" &&
        place.user === Number(params["user_id"]) &&
        place.kind === (params["kind"] ?? null),
  );
  if (!found) throw new Error(`Nobody asked for ${context}`);
  return found;
}
