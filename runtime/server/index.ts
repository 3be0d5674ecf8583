/** Public entry of the server: what an application imports by hand. */
export * from "./register.js";
export { createServer, type Mizan } from "./server.js";
export { DeclaredError, NotImplemented } from "./answer/failures.js";
export type { Logger } from "./log.js";
export { permissionKey } from "./identity/permission-key.js";
export type { ServerOptions } from "./options.js";
export { nodeListener, type NodeListenerOptions } from "./adapters/node.js";
export type { BodyFailure, ParsedBody, WireRequest, WireResponse } from "./wire.js";
