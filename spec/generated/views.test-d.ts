/** What handlers of views are given and may do, as the generated types say it. */
import type { ServerResponse } from "node:http";
import type {
  MizanOptions,
  ProfileFormHandler,
  ProfilePageHandler,
  SignOutHandler,
  ThemeFormHandler,
} from "../../generated/views/server/handlers.js";

type Equal<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const isTrue = <T extends true>(): T | null => null;

export const page: ProfilePageHandler = async ({ user_id, tab }, ctx) => {
  isTrue<Equal<typeof user_id, number>>();
  isTrue<Equal<typeof tab, "profile" | "orders" | null>>();
  isTrue<Equal<typeof ctx.res, ServerResponse>>();
  isTrue<Equal<typeof ctx.user.id, string | number>>();
  const profile = await ctx.call.user_profile({ user_id });
  if (profile.name === "") throw ctx.errors.NotThere({ user_id });
  if (profile.born === null) throw ctx.errors.Gone();
  ctx.invalidate.user({ user_id });
  ctx.res.end(`${ctx.csrfToken()} ${ctx.requestId}`);
  // @ts-expect-error a view has no body to merge from
  ctx.merge.user.user_profile(profile);
  // @ts-expect-error an error that it does not declare
  ctx.errors.Broken();
  // @ts-expect-error a param that the context does not have
  ctx.invalidate.user({ name: "x" });
};

export const form: ProfileFormHandler = ({ name }, { user, res }) => {
  isTrue<Equal<typeof name, string>>();
  // @ts-expect-error a predicate may let nobody pass
  void user.id;
  // What it returns means nothing: `return res.json(…)` is how many write it.
  return res.end(name);
};

export const signOut: SignOutHandler = (_input, { res, identityChanged }) => {
  identityChanged();
  res.writeHead(303, { Location: "/" }).end();
};

export const theme: ThemeFormHandler = ({ theme: { primary, dark }, window: { from, days } }) => {
  // Checked input has its defaults.
  isTrue<Equal<[typeof primary, typeof dark], [string, boolean]>>();
  isTrue<Equal<[typeof from, typeof days], [string, number]>>();
};

export const options: MizanOptions = {
  predicates: { own_profile: ({ user, input }) => user?.id === input.user_id },
};
// @ts-expect-error the predicate that only a view names is required
export const missing: MizanOptions = { predicates: {} };
