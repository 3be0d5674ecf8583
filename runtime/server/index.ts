/** Public entry of the server: what an application imports by hand. */
export * from "./register.js";
export type { Health } from "./endpoints/health.js";
export { createServer, type CloseOptions, type Mizan } from "./server.js";
export { DeclaredError, NotImplemented } from "./answer/failures.js";
export type {
  HandlerTiming,
  ReadTiming,
  RequestEvent,
  RequestKind,
} from "./observing/request-event.js";
export type { Logger } from "./log.js";
export { permissionKey } from "./identity/permission-key.js";
export type { MwtClaims } from "./identity/tokens/mwt.js";
export type { MwtOptions, MwtUser } from "./identity/tokens/mwt-options.js";
export type { ServerOptions } from "./options.js";
export type { UploadOptions } from "./uploads/limits.js";
export { uploadedFile } from "./uploads/make.js";
export type { UploadedFile } from "./uploads/uploaded-file.js";
export { inProcess, type InProcessOptions } from "./adapters/in-process.js";
export { nodeListener, type NodeListenerOptions } from "./adapters/node.js";
export type { BodyFailure, ChunksEnd, ParsedBody, WireRequest, WireResponse } from "./wire.js";
