/**
 * What generated server code imports, and nothing else. Version 1: additions only, so that code generated
 * by an older release keeps compiling against a newer runtime.
 *
 * A generated `handlers.ts` has this form:
 *
 *     export interface Effects {
 *       readonly invalidate: { readonly user: Invalidate<{ user_id?: number; limit?: number | null }>; … };
 *       readonly merge: { readonly user: { readonly user_profile: Merge<Profile, P>; readonly user_orders: MergeList<Order, P> }; … };
 *       readonly call: { readonly rename_user: CallFunction<RenameUserInput, Profile>; … };
 *     }
 *     export type RenameUserHandler =
 *       Handler<RenameUserInput, Profile, { UserNotFound: { user_id: number }; Plain: undefined }, Effects, "signed-in">;
 *     export type ProfilePageHandler = ViewHandler<ProfilePageInput, NoErrors, Effects>;
 *     export interface Handlers { readonly rename_user: RenameUserHandler; readonly profile_page: ProfilePageHandler; … }
 *     export interface Predicates { readonly owns_profile: Predicate<UserProfileInput | RenameUserInput>; … }
 *     export type MizanOptions = ServerOptions & { readonly predicates: Predicates };   // without predicates: ServerOptions
 *
 * and `mizan.ts` ends in
 *
 *     export const createMizan: CreateMizan<MizanOptions> = (options) => createServer(contract, handlers, options);
 */
export {
  boolean,
  bytes,
  date,
  datetime,
  decimal,
  email,
  enumOf,
  field,
  file,
  integer,
  json,
  list,
  map,
  number,
  optional,
  ref,
  string,
  time,
  union,
  url,
  uuid,
} from "../../server/define.js";
export type { UploadedFile } from "../../server/uploads/uploaded-file.js";
export { createServer, type Mizan } from "../../server/server.js";
export type {
  AffectDefinition,
  ContextDefinition,
  ContractDefinition,
  ErrorDefinition,
  Field,
  FunctionDefinition,
  Guard,
  MergeDefinition,
  RouteSegment,
  Shape,
  StructDefinition,
  ViewDefinition,
} from "../../server/definition.js";
export type {
  Access,
  CallFunction,
  Handler,
  HandlerContext,
  Invalidate,
  Merge,
  MergeList,
  NoErrors,
  NoInput,
  NoParams,
  Omittable,
  Predicate,
  ViewContext,
  ViewHandler,
} from "../../server/handler.js";
export type { CreateMizan, ServerOptions } from "../../server/options.js";
