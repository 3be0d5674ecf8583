/**
 * Starts the desk by hand: `PORT` (default 4600; the next free one if it is taken), `DATABASE_URL` for a real
 * Postgres, or `DESK_DATA` for a folder in which the embedded one keeps its data. Without either it is in memory.
 * With `DESK_SSR` pages are rendered on the server.
 */
import { startDesk, type RunningDesk } from "./desk.js";

const firstPort = Number(process.env.PORT ?? 4600);
const options = {
  database: process.env.DATABASE_URL ?? process.env.DESK_DATA ?? null,
  ...(process.env.DESK_SSR && { ssr: {} }),
};

async function startOnFreePort(): Promise<RunningDesk> {
  for (let port = firstPort; port < Math.min(firstPort + 20, 65_536); port += 1) {
    try {
      return await startDesk({ port, ...options });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    }
  }
  return startDesk({ port: 0, ...options });
}

try {
  const desk = await startOnFreePort();
  console.log(desk.url);
  process.send?.({ url: desk.url });
  endWith(desk);
} catch (error) {
  console.error(`The desk cannot start: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

/** The first signal ends politely, the second at once. So does the end of the process that forked this one. */
function endWith(desk: RunningDesk): void {
  let closing = false;
  function end(): void {
    if (closing) process.exit(130);
    closing = true;
    void desk.close().then(() => process.exit(0));
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, end);
  process.on("disconnect", end);
}
