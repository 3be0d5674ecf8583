/** Where the files of one request are kept, which is disposed of when the request is answered. */
import type { Exchange } from "../running/exchange.js";
import { UploadStore } from "./store.js";

export function openStore(exchange: Exchange): UploadStore {
  const { core } = exchange;
  const store = new UploadStore(core.uploads, (error) => {
    core.logger.error(
      `mizan: ${exchange.subject ?? "a request"} was not done with a file when it had answered: ` +
        "await what it does with files",
      { request_id: exchange.requestId, error },
    );
  });
  exchange.uploads = store;
  return store;
}
