/** Single reads over HTTP: a GET of a bundle. */
import { createAnswers } from "../answers.js";
import { placeOf } from "../contract.js";
import { createNetwork } from "../network.js";
import type { Server } from "../server.js";
import type { World } from "../world.js";
import type { Asked } from "./fetch.js";
import { drawOddReply, drawRetryAfter, type Reply, type Trouble } from "./trouble.js";

export function createReads(
  world: World,
  server: Server,
  { isOdd }: Trouble,
): (asked: Asked) => void {
  const { leg } = createNetwork(world);
  const { bundle } = createAnswers(world, server);

  const replyTo = (status: number, body: object): Reply => {
    if (isOdd && world.chance(0.05)) return drawOddReply(world);
    const isPart = isOdd && status === 200 && world.chance(0.02);
    return {
      status,
      body: JSON.stringify(isPart ? Object.fromEntries(Object.entries(body).slice(1)) : body),
      headers: status === 503 ? drawRetryAfter(world) : {},
    };
  };

  return ({ path, answer }) => {
    const [, context, query] = /^\/ctx\/(\w+)\/\?(.*)$/.exec(path) ?? [];
    const place = placeOf(context, Object.fromEntries(new URLSearchParams(query)));
    bundle(place, ([status, body]) => {
      world.after(leg(), () => answer(replyTo(status, body)));
    });
  };
}
