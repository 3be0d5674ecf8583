/** `npm run wireapp -- --port 3000`: the probed application, for replaying exchanges against it. */
import { parseArgs } from "node:util";
import { createWireapp } from "./app.js";

const { values } = parseArgs({ options: { port: { type: "string", default: "0" } } });
const { app, mizan } = createWireapp({ logger: console });
const server = app.listen(Number(values.port), "127.0.0.1", () => {
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : values.port;
  console.log(`listening on http://127.0.0.1:${port}`);
});

/** What is under way is answered first, and nobody who does not take their answer is waited for. */
async function stop(): Promise<void> {
  server.close();
  await mizan.close();
  setTimeout(() => server.closeAllConnections(), 1000).unref();
}
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
