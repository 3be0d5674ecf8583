/**
 * What generated types refuse, checked by the compiler: a function that changes becomes an error in its
 * handler or its caller, at the very place that no longer fits.
 */
import type { FailureOf } from "@mizan/runtime/abi/v1/client";
import { safe } from "@mizan/runtime/client";
import {
  callListOrders,
  callPing,
  callPlaceOrder,
  callRenameUser,
  fetchGlobalContext,
  fetchUserContext,
  isPlaceOrderError,
  isUserContextError,
  useSuspenseUserContext,
  useUserContext,
  watchUserContext,
  type Order,
  type Profile,
} from "../../generated/shop/client/index.js";
import type {
  CancelOrderHandler,
  ListOrdersHandler,
  MizanOptions,
  OrderCountHandler,
  PlaceOrderHandler,
  RenameUserHandler,
  SearchOrdersHandler,
  SetAvatarHandler,
  UserProfileHandler,
} from "../../generated/shop/server/handlers.js";

declare const profile: {
  user_id: number;
  name: string;
  email: string | null;
  role: "admin" | "member" | "guest";
  tags: string[];
  joined_at: Date;
};
declare const order: { id: number; total: string; placed_at: Date; lines: []; note: null };

export const handlers = {
  input: (async ({ user_id, name }, ctx) => {
    // @ts-expect-error -- no such input
    ctx.log.info((({ nickname }) => nickname)({ user_id, name }));
    return profile;
  }) satisfies RenameUserHandler,
  // @ts-expect-error -- the answer lacks fields
  output: (async ({ user_id, name }) => ({ user_id, name })) satisfies RenameUserHandler,
  // @ts-expect-error -- the answer is a number
  boxed: (async () => ({ result: 5 })) satisfies OrderCountHandler,
  nothing: (async () => {}) satisfies CancelOrderHandler,
  errors: (async ({ sku }, ctx) => {
    if (sku === "a") throw ctx.errors.OutOfStock({ sku, left: 0 });
    if (sku === "b") throw ctx.errors.NotNow();
    // @ts-expect-error -- the details have two fields
    if (sku === "c") throw ctx.errors.OutOfStock({ sku });
    // @ts-expect-error -- not declared in the contract
    if (sku === "d") throw ctx.errors.Broken();
    return order;
  }) satisfies PlaceOrderHandler,
  effects: (async ({ user_id }, ctx) => {
    ctx.invalidate.user({ user_id });
    ctx.invalidate.global();
    ctx.merge.user.user_profile(profile, { user_id });
    ctx.merge.user.user_orders.upsert(order, "id", { user_id });
    // @ts-expect-error -- no such context
    ctx.invalidate.users({ user_id });
    // @ts-expect-error -- no such param
    ctx.invalidate.user({ id: user_id });
    // @ts-expect-error -- no such field to find an element by
    ctx.merge.user.user_orders.upsert(order, "key", { user_id });
    const found: number = await ctx.call.order_count({ user_id });
    const orders: readonly { id: number }[] = await ctx.call.list_orders();
    ctx.log.info(String(found + orders.length));
    return profile;
  }) satisfies UserProfileHandler,
  // A parsed input has its defaults, and its absent nullables are null.
  parsed: (async ({ page, q }) => {
    const numberOfPage: number = page;
    const query: string | null = q;
    return query === null || numberOfPage > 1 ? null : [order];
  }) satisfies SearchOrdersHandler,
  bytes: (async ({ avatar }) => ({
    ...avatar,
    image: new Uint8Array(),
  })) satisfies SetAvatarHandler,
  signedIn: (async ({ per_page }, { user }) =>
    user.id === per_page ? [order] : []) satisfies ListOrdersHandler,
  // @ts-expect-error -- nobody may be signed in
  anyone: (async (_, { user }) => (user.id === 1 ? 1 : 0)) satisfies OrderCountHandler,
};

// @ts-expect-error -- the contract names a predicate
export const withoutPredicate: MizanOptions = {};
export const withPredicate: MizanOptions = {
  predicates: { owns_profile: ({ user, input }) => user?.id === input.user_id },
};

export async function client(): Promise<readonly unknown[]> {
  const renamed: Profile = await callRenameUser({ user_id: 1, name: "Ada" });
  const pong: boolean = await callPing();
  const all: Order[] = await callListOrders();
  const some: Order[] = await callListOrders({ page: 2, per_page: undefined });
  const { user_profile, order_count } = await fetchUserContext({ user_id: 5 });
  const { current_user } = await fetchGlobalContext();
  // @ts-expect-error -- the name is missing
  await callRenameUser({ user_id: 1 });
  // @ts-expect-error -- it takes an input
  await callRenameUser();
  // @ts-expect-error -- the context needs its param
  await fetchUserContext({ limit: 5 });
  return [renamed, pong, all, some, user_profile.name, order_count + 1, current_user?.name];
}

export async function expectations(): Promise<void> {
  const input = { user_id: 1, name: "Ada" };
  await callRenameUser(input, {
    optimistic: (draft) => {
      draft.user({ user_id: 1 }, (user) => {
        user.user_profile.name = "Ada";
        // @ts-expect-error -- it is a number
        user.order_count = "1";
      });
      // @ts-expect-error -- its params are numbers
      draft.user({ user_id: "1" }, () => undefined);
      // @ts-expect-error -- nothing says that it changes the stock
      draft.stock({}, () => undefined);
    },
  });
  // @ts-expect-error -- it changes nothing
  await callPing({}, { optimistic: (draft) => draft.user({}, () => undefined) });
}

export async function outcome(): Promise<string> {
  const placed = await safe(callPlaceOrder)({ user_id: 1, sku: "a" });
  if (placed.ok) return placed.data.total;
  if (placed.error.code === "OUT_OF_STOCK") return placed.error.details.sku;
  const read = await safe(fetchUserContext)({ user_id: 5 });
  if (!read.ok && read.error.code === "USER_NOT_FOUND") return String(read.error.details.user_id);
  try {
    await callPlaceOrder({ user_id: 1, sku: "a" });
  } catch (error) {
    if (isPlaceOrderError(error)) return explain(error);
    if (isUserContextError(error) && error.code === "USER_NOT_FOUND") return error.message;
    // @ts-expect-error -- nothing is known of it
    return error.code;
  }
  return "";
}

export function states(): string {
  const { error } = useUserContext();
  if (error?.code === "USER_NOT_FOUND") return String(error.details.user_id);
  const failed = useSuspenseUserContext().error;
  // @ts-expect-error -- none of its functions declares this
  if (failed?.code === "OUT_OF_STOCK") return "";
  const state = watchUserContext({ user_id: 5 }).getState();
  return state.error?.code === "USER_NOT_FOUND" ? String(state.error.details.user_id) : "";
}

export function explain(failure: FailureOf<typeof callPlaceOrder>): string {
  switch (failure.code) {
    case "OUT_OF_STOCK":
      return `${failure.details.left} of ${failure.details.sku}`;
    case "USER_NOT_FOUND":
      return String(failure.details.user_id);
    // @ts-expect-error -- not declared for this function
    case "BROKEN":
      return "";
    default:
      return failure.message;
  }
}
