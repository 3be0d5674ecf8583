/** What generated clients may and may not write. Checked by `npm run types`; nothing here runs. */
import {
  contextOf,
  fetchOf,
  functionOf,
  isErrorOf,
  isReadErrorOf,
  watchOf,
  type Call,
  type Context,
  type ContextState,
  type Contract,
  type DeclaredError,
  type FailureOf,
  type FetchContext,
  type IsError,
  type NoInput,
  type NoParams,
  type ProtocolError,
  type WatchContext,
} from "../abi/v1/client.js";
import { createClient, prefetch, safe, type Outcome } from "./index.js";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const assertTrue = <T extends true>(...held: readonly T[]): number => held.length;

interface Profile {
  user_id: number;
  name: string;
}
type NotFound = DeclaredError<"USER_NOT_FOUND", { user_id: number }>;
type RenameUserError = NotFound | ProtocolError;

const contract: Contract = { hash: "0123456789abcdef", headerPrefix: "X-Mizan-" };
const fn = functionOf(contract);
const callRenameUser: Call<Profile, Profile, RenameUserError> = fn("rename_user");
const callPing: Call<NoInput, boolean, ProtocolError> = fn("ping", "box");
const callSearch: Call<{ q?: string | undefined }, string[], ProtocolError> = fn("search", "box");

const userContext: Context<{ user_id: number; limit?: number | null | undefined }, { p: Profile }> =
  contextOf(contract)("user", { p: "user_id:integer" });
const fetchUser: FetchContext<
  { user_id: number; limit?: number | null | undefined },
  { p: Profile }
> = fetchOf(userContext);
const fetchUserTyped: FetchContext<{ user_id: number }, { p: Profile }, RenameUserError> =
  fetchOf(userContext);
const isRenameUserError: IsError<RenameUserError> = isErrorOf("rename_user");
const isUserContextError: IsError<RenameUserError> = isReadErrorOf("user");
const watchUser: WatchContext<
  { user_id: number; limit?: number | null | undefined },
  { p: Profile }
> = watchOf(userContext);
const globalContext: Context<NoParams, { me: Profile | null }> = contextOf(contract)("global", {
  me: "",
});
const fetchGlobal: FetchContext<NoParams, { me: Profile | null }> = fetchOf(globalContext);

/** Calls: inputs are required where a field is, and outputs are what the contract says. */
export async function calls(): Promise<void> {
  const profile = await callRenameUser({ user_id: 5, name: "Ada" }, { timeoutMs: 100 });
  assertTrue<Equal<typeof profile, Profile>>();
  // @ts-expect-error: the input is required
  await callRenameUser();
  // @ts-expect-error: so is each field
  await callRenameUser({ user_id: 5 });
  // @ts-expect-error: wire names stay
  await callRenameUser({ userId: 5, name: "Ada" });
  // @ts-expect-error: no such option
  await callRenameUser({ user_id: 5, name: "Ada" }, { timeout: 100 });

  const pong = await callPing();
  assertTrue<Equal<typeof pong, boolean>>();
  await callPing({}, { headers: { "X-A": "b" } });
  await callPing(undefined, {});
  // @ts-expect-error: it takes nothing
  await callPing({ a: 1 });
  await callSearch();
  await callSearch({ q: undefined });
}

/** Errors: a union to switch over, each member with its own details. */
export function errors(error: FailureOf<typeof callRenameUser>): string {
  assertTrue<Equal<FailureOf<typeof callRenameUser>, RenameUserError>>();
  switch (error.code) {
    case "USER_NOT_FOUND":
      return `nobody ${error.details.user_id + 1}`;
    case "VALIDATION_ERROR":
      return error.details.fields?.["name"]?.join() ?? "";
    case "NETWORK":
    case "HTTP_502":
      return error.message;
    // @ts-expect-error: not declared
    case "OUT_OF_STOCK":
      return "";
    default:
      return error.context ?? error.fn ?? "";
  }
}

/** Guards: whatever was thrown becomes that union, and nothing else does. */
export function guards(error: unknown): number {
  if (isUserContextError(error)) assertTrue<Equal<typeof error, RenameUserError>>();
  // @ts-expect-error: nobody has looked at it
  if (!isRenameUserError(error)) return error.code;
  return error.code === "USER_NOT_FOUND" ? error.details.user_id : error.status;
}

/** `safe`: the same arguments, and an outcome with the data or the typed error. */
export async function outcomes(): Promise<number> {
  const renamed = await safe(callRenameUser)({ user_id: 5, name: "Ada" }, { timeoutMs: 100 });
  assertTrue<Equal<typeof renamed, Outcome<Profile, RenameUserError>>>();
  // @ts-expect-error: nobody asked whether it went well
  renamed.data.name.trim();
  if (renamed.ok) assertTrue<Equal<typeof renamed.data, Profile>>();
  else if (renamed.error.code === "USER_NOT_FOUND") return renamed.error.details.user_id;
  // @ts-expect-error: the input is required
  await safe(callRenameUser)();
  const { ok, error } = await safe(callPing)();
  if (!ok) assertTrue<Equal<typeof error, ProtocolError>>();
  const read = await safe(fetchUserTyped)({ user_id: 5 });
  assertTrue<Equal<typeof read, Outcome<{ p: Profile }, RenameUserError>>>();
  return 0;
}

/** Contexts: params as declared, data by slot, states that tell what there is. */
export async function contexts(): Promise<void> {
  const { p } = await fetchUser({ user_id: 5 });
  assertTrue<Equal<typeof p, Profile>>();
  // @ts-expect-error: the param is required
  await fetchUser();
  // @ts-expect-error: and a number
  await fetchUser({ user_id: "5" });
  await fetchGlobal();

  const handle = watchUser({ user_id: 5, limit: null });
  const state = handle.getState();
  assertTrue<Equal<typeof state, ContextState<{ p: Profile }>>>();
  if (state.status === "success") {
    assertTrue<Equal<typeof state.data, { p: Profile }>>();
    assertTrue<Equal<typeof state.error, null>>();
  }
  if (state.status === "loading") assertTrue<Equal<typeof state.data, null>>();
  assertTrue<Equal<typeof state.slots, Partial<{ p: Profile }>>>();
  // @ts-expect-error: a slot may not be there yet
  state.slots.p.name.trim();
  // @ts-expect-error: there may be no data beside an error
  if (state.status === "error") state.data.p.name.trim();
  // @ts-expect-error: states are read, not written
  state.isStale = true;
}

/** What is asked for early is named like what is watched. */
export async function early(): Promise<void> {
  const client = createClient();
  await prefetch(client, globalContext);
  await prefetch(client, userContext, { user_id: 5 });
  // @ts-expect-error: the param is required
  await prefetch(client, userContext);
  // @ts-expect-error: and a number
  await prefetch(client, userContext, { user_id: "5" });
}

// @ts-expect-error: one context's params are not another's
export const wrong: Context<{ team: number }, { p: Profile }> = userContext;
