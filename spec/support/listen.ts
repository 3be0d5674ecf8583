/** Servers of tests listen on a free port of this machine, and nowhere else. */
import type { AddressInfo, Server } from "node:net";

/** The port, once the server listens. */
export async function listenOn(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}
