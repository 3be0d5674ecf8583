/**
 * What a generated client imports: version 1. Once published, nothing here is changed or removed; what
 * must differ goes into a new version beside it.
 */
export { uploadOf } from "../../client/upload.js";
export {
  contextOf,
  fetchOf,
  functionOf,
  isErrorOf,
  isReadErrorOf,
  watchOf,
} from "../../client/generated.js";
export { pagesOf, watchPagesOf } from "../../client/pages.js";
export type { Pages, WatchPages } from "../../client/pages.js";
export type { Draft } from "../../client/optimism.js";
export type {
  Call,
  Context,
  ContextState,
  Contract,
  FailureOf,
  FetchContext,
  IsError,
  NoInput,
  NoParams,
  RequestOptions,
  Watch,
  WatchContext,
  WatchOptions,
} from "../../client/types.js";
export { MizanError } from "../../wire/error.js";
export type {
  DeclaredError,
  NoDetails,
  ProtocolCode,
  ProtocolError,
  ValidationDetails,
} from "../../wire/error.js";
