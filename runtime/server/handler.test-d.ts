/** The types a generated `handlers.ts` puts together, as a handler's author meets them. Compiled, never run. */
import express from "express";
import {
  createServer,
  type CallFunction,
  type ContractDefinition,
  type CreateMizan,
  type Handler,
  type Invalidate,
  type Merge,
  type MergeList,
  type NoErrors,
  type NoInput,
  type NoParams,
  type Omittable,
  type Predicate,
  type ServerOptions,
} from "../abi/v1/server.js";

interface Profile {
  user_id: number;
  name: string;
}
interface UserParams {
  user_id?: number;
  limit?: number | null;
}
interface Effects {
  readonly invalidate: {
    readonly user: Invalidate<UserParams>;
    readonly global: Invalidate<NoParams>;
  };
  readonly merge: {
    readonly user: {
      readonly user_profile: Merge<Profile, UserParams>;
      readonly user_friends: MergeList<Profile, UserParams>;
    };
  };
  readonly call: {
    readonly rename: CallFunction<Profile, Profile>;
    readonly ping: CallFunction<NoInput, boolean>;
    readonly search: CallFunction<Omittable<{ q: string; page: number }, "page">, Profile>;
  };
}
type Errors = { UserNotFound: { user_id: number }; Closed: undefined };

const signedIn: Handler<Profile, Profile, Errors, Effects, "signed-in"> = async (input, ctx) => {
  const { errors, invalidate, merge, call } = ctx;
  const id: string | number = ctx.user.id;
  invalidate.user({ user_id: 5 });
  invalidate.user();
  invalidate.global();
  merge.user.user_profile(input, { user_id: 5 });
  merge.user.user_friends([input]);
  merge.user.user_friends.upsert(input, "user_id", { user_id: 5 });
  merge.user.user_friends.remove({ user_id: 5 }, "user_id");
  await call.ping();
  await call.search({ q: "x" });
  const token: string = await ctx.issueMwt();
  invalidate.user({ user_id: token.length });
  const renamed: Profile = await call.rename({ user_id: Number(id), name: "Ada" });
  if (renamed.name === "") throw errors.Closed();
  if (renamed.name === "x") throw errors.UserNotFound({ user_id: 5 });

  // @ts-expect-error an error the contract does not declare for this function
  void errors.Other;
  // @ts-expect-error details are required
  errors.UserNotFound();
  // @ts-expect-error a context that is not there
  void invalidate.nope;
  // @ts-expect-error a param that is not there
  invalidate.user({ usr_id: 5 });
  // @ts-expect-error a param of another type
  invalidate.user({ user_id: "5" });
  // @ts-expect-error a context without params
  invalidate.global({ user_id: 5 });
  // @ts-expect-error the value of another slot
  merge.user.user_profile([input]);
  // @ts-expect-error a key the element lacks
  merge.user.user_friends.upsert(input, "id");
  // @ts-expect-error an arg is missing
  void call.search({});
  return renamed;
};

const anyone: Handler<NoInput, null, NoErrors, Effects> = (_input, ctx) => {
  // @ts-expect-error nobody may be signed in
  void ctx.user.id;
  // @ts-expect-error nothing is declared
  void ctx.errors.UserNotFound;
};

// @ts-expect-error the output lacks a name
const incomplete: Handler<NoInput, Profile> = async () => ({ user_id: 5 });

interface Predicates {
  readonly owns: Predicate<{ user_id: number }>;
}
declare const contract: ContractDefinition;
const handlers = { signedIn, anyone, incomplete };
const bare: CreateMizan<ServerOptions> = (options) => createServer(contract, handlers, options);
const guarded: CreateMizan<ServerOptions & { readonly predicates: Predicates }> = (options) =>
  createServer(contract, handlers, options);

const app = express();
app.use("/api/mizan", bare().router);
app.use("/api/mizan", bare({ logger: console, csrf: false }).router);
guarded({ predicates: { owns: ({ user, input }) => user?.id === input.user_id } });
// @ts-expect-error the contract names a predicate
guarded();
// @ts-expect-error a predicate that is not there
guarded({ predicates: { owned: () => true } });
// @ts-expect-error no context type is registered
bare({ context: () => ({}) });
