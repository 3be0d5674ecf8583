/** One measured server in a process of its own: tells its parent where it listens, and on request its CPU time. */
import { createServer } from "node:http";

export function serve(listener) {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1", () => process.send?.({ port: server.address().port }));
  // Microseconds used so far.
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpu: user + system });
  });
  process.on("disconnect", () => process.exit());
}
