/** A bounded load: so many requests over so many kept connections, each waiting for its answer. */
import { connect } from "node:net";

/**
 * Resolves when all are answered with this status; rejects with the first other answer. `requests` is how many
 * are sent in all, each connection sending the texts of `cycle` in turn.
 */
export async function load({ port, cycle, status = 200, connections, requests }) {
  let left = requests;
  const one = () =>
    new Promise((resolve, reject) => {
      const socket = connect(port, "127.0.0.1");
      let pending = "";
      let sent = 0;
      const next = () => {
        if (left <= 0) {
          socket.end();
          resolve();
          return;
        }
        left -= 1;
        socket.write(cycle[sent++ % cycle.length]);
      };
      socket.setNoDelay(true);
      socket.on("connect", next);
      socket.on("error", reject);
      socket.on("data", (chunk) => {
        pending += chunk.toString("latin1");
        const head = pending.indexOf("\r\n\r\n");
        if (head < 0) return;
        const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0);
        if (pending.length < head + 4 + length) return;
        if (!pending.startsWith(`HTTP/1.1 ${status}`)) {
          reject(new Error(pending));
          return;
        }
        pending = "";
        next();
      });
    });
  await Promise.all(Array.from({ length: connections }, one));
}
