/**
 * The desk as a process of its own, started with `fork` by the browser suite: exactly the server of
 * `npm run demo`, with one thing more in front of it: answers that the suite wants held back.
 *
 * Messages in: `{ hold: "/ctx/" }` holds the next answer to a path that contains this; `{ release: true }`
 * lets go of everything held, `{ close: true }` ends. Messages out: `{ url }` once, `{ held: path }` when
 * an answer is ready and held.
 */
import { startDesk } from "../../examples/desk/dist/server/desk.js";

const wanted = [];
const held = [];

/** The handlers have run and the answer is complete, line by line or not; only its way to the browser waits. */
function hold(request, response, next) {
  const index = wanted.findIndex((part) => request.url.includes(part));
  if (index !== -1) {
    wanted.splice(index, 1);
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

const desk = await startDesk({ port: 0, database: null, before: hold });

process.on("message", (message) => {
  if (message.hold !== undefined) wanted.push(message.hold);
  if (message.release) for (const send of held.splice(0)) send();
  if (message.close) void desk.close().then(() => process.disconnect());
});
process.on("disconnect", () => process.exit(0));

process.send({ url: desk.url });
