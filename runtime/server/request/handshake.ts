/** The handshake: from which contract the client was generated. */
import type { Exchange } from "../running/exchange.js";
import { headerText } from "../identity/origins.js";

/** Only a server that insists refuses clients generated from another contract, or that say another's hash. */
export function acceptsContract({ core, request }: Exchange): boolean {
  if (!core.strictContract) return true;
  const hash = headerText(request.headers[core.headers.contractLower]);
  return hash === undefined || hash === core.contract.hash;
}
