/**
 * The desk as a process of its own, started with `fork` by the browser suite: exactly the server of
 * `npm run demo`, with one thing more in front of it: answers that the suite wants held back.
 *
 * Without an argument the browser renders; with one the server does, as patient as it says, in milliseconds.
 *
 * Messages in: `{ hold: "/ctx/" }` holds the next answer to a path that contains this, or the next read of the
 * context of this name that a page is rendered from; `{ release: true }` lets go of everything held,
 * `{ refuse: "inbox" }` lets the next read of that context fail, `{ close: true }` ends. Messages out: `{ url }` once, `{ held: path }` when an answer is ready and held.
 */
import { startDesk } from "../../examples/desk/dist/server/desk.js";

const wanted = [];
const refused = new Set();
const held = [];

/** Whether what is asked for here is to be held, this once. */
function takes(name) {
  const index = wanted.findIndex((part) => name.includes(part));
  if (index !== -1) wanted.splice(index, 1);
  return index !== -1;
}

/** The handlers have run and the answer is complete, line by line or not; only its way to the browser waits. */
function hold(request, response, next) {
  if (takes(request.url)) {
    const { write, end } = response;
    const steps = [];
    response.write = (...rest) => steps.push(() => write.apply(response, rest)) > 0;
    response.end = (...rest) => {
      held.push(() => {
        Object.assign(response, { write, end });
        for (const step of steps) step();
        response.end(...rest);
      });
      process.send({ held: request.url });
      return response;
    };
  }
  next();
}

const reads = (transport) => ({
  ...transport,
  fetch: async (context, ...rest) => {
    const isHeld = takes(context);
    if (refused.delete(context)) {
      const body = { error: true, code: "INTERNAL_ERROR", message: "The database is away" };
      return { status: 503, body };
    }
    const answer = await transport.fetch(context, ...rest);
    if (!isHeld) return answer;
    process.send({ held: context });
    return new Promise((resolve) => held.push(() => resolve(answer)));
  },
});

const [patience] = process.argv.slice(2);
const desk = await startDesk({
  port: 0,
  database: null,
  before: hold,
  ...(patience && { ssr: { patienceMs: Number(patience), reads } }),
});

process.on("message", (message) => {
  if (message.hold !== undefined) wanted.push(message.hold);
  if (message.refuse !== undefined) refused.add(message.refuse);
  if (message.release) for (const send of held.splice(0)) send();
  if (message.close) void desk.close().then(() => process.disconnect());
});
process.on("disconnect", () => process.exit(0));

process.send({ url: desk.url });
