/** What each function of the probed application does; one that is not here answers `{ ok: true }`. */
import { ordersOf, state } from "./state.js";
import { describeUser } from "./users.js";

// The generated types replace these: an input of `never` fits wherever a value of the contract's type goes.
type Name =
  | "a"
  | "b"
  | "text"
  | "user_id"
  | "limit"
  | "point"
  | "how"
  | "name"
  | "new_name"
  | "title"
  | "order_id"
  | "yes";
type Input = Record<Name, never>;
type Ctx = {
  user: { id: string } | null;
  errors: Record<string, (details?: object) => Error>;
  notImplemented: () => Error;
};
type AnyHandler = (input: Input, ctx: Ctx) => unknown;

const rename: AnyHandler = ({ user_id, name }) => {
  state.users.set(user_id, name);
  return { user_id, name };
};

const seen: AnyHandler = (input) =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));

const addOrder: AnyHandler = ({ user_id, title }) => {
  const orders = ordersOf(user_id);
  const order = { id: orders.length + 1, title };
  orders.push(order);
  return order;
};

function fail(how: string, errors: Ctx["errors"]): never {
  const thrown = {
    not_found: () => errors["NoSuchThing"]?.(),
    bad_request: () => errors["BadThing"]?.({ a: 1 }),
    validation: () => errors["InvalidThing"]?.({ fields: { x: ["no"] } }),
    validation_plain: () => errors["InvalidPlain"]?.(),
    unauthorized: () => errors["WhoAreYou"]?.(),
    forbidden: () => errors["NotYou"]?.(),
    internal: () => errors["InternalThing"]?.({ b: 2 }),
    not_implemented: () => errors["NotYetThere"]?.(),
  }[how];
  throw thrown?.() ?? new Error("the secret reason");
}

export const handlers: Record<string, AnyHandler> = {
  echo: ({ text }) => ({ message: text }),
  add_numbers: ({ a, b }) => ({ ok: Number(a) + Number(b) > 0 }),
  user_profile: ({ user_id }) => ({ user_id, name: state.users.get(user_id) ?? "nobody" }),
  user_orders: ({ user_id, limit }) =>
    (state.orders.get(user_id) ?? []).slice(0, limit ?? undefined),
  user_notes: ({ user_id }) => [{ text: `note ${user_id}` }],
  current_user: (_, ctx) => describeUser(ctx.user),
  who_am_i: (_, ctx) => describeUser(ctx.user),
  notifications: () => [{ text: "hello" }],
  search: (input, ctx) => ({ seen: seen(input, ctx) }),
  take: seen,
  take_model: ({ point }) => point,
  broken_fails: ({ how }, { errors }) => fail(how, errors),
  fail: ({ how }, { errors }) => fail(how, errors),
  failing_mutation: (_, { errors }) => {
    throw errors["NothingHappened"]?.();
  },
  unfilled: async (_, ctx) => {
    throw ctx.notImplemented();
  },
  update_profile: ({ user_id, name }) => {
    state.users.set(user_id, name);
    return { ok: true };
  },
  rename_user: rename,
  rename_both: rename,
  rename_and_touch_global: rename,
  rename_no_params: ({ new_name }) => ({ user_id: 5, name: new_name }),
  rename_or_null: () => null,
  add_order: addOrder,
  put_order_first: addOrder,
  drop_order: ({ user_id, order_id }) => {
    const orders = ordersOf(user_id);
    const at = orders.findIndex(({ id }) => id === order_id);
    return orders.splice(at, 1)[0];
  },
  replace_orders: () => [{ id: 9, title: "all new" }],
  merge_two_contexts: () => [{ text: "merged" }],
  find_profile: ({ name }) => {
    const [user_id] = Array.from(state.users).find(([, known]) => known === name) ?? [];
    return { user_id, name };
  },
  everything: () => ({
    s: "é☃😀\u2028</script>",
    i: 9007199254740991,
    f: 1,
    b: true,
    none: null,
    color: "red",
    level: 2,
    when: new Date("2024-01-02T03:04:05.678Z"),
    day: "2024-01-02",
    time: "03:04:05",
    span: "PT1M30S",
    price: "1.50",
    uid: "00000000-0000-0000-0000-000000000001",
    inner: { label: "x", score: 0.5 },
    inners: [{ label: "y", score: 1e21 }],
    by_name: { b: { label: "b", score: 0.5 }, a: { label: "a", score: 0.5 } },
    anything: { z: [1, null, { y: -0 }] },
  }),
  give_int: () => 5,
  give_str: () => "text",
  give_nothing: () => undefined,
  give_optional_model: ({ yes }) => (yes ? { user_id: 1, name: "n" } : null),
  give_optional_int: ({ yes }) => (yes ? 3 : null),
  give_list_of_int: () => [1, 2],
  give_list_of_model: () => [{ id: 1, title: "a" }],
  give_empty_list: () => [],
  give_dict: () => ({ b: 1, a: 2 }),
  give_nan: () => Number.NaN,
  give_infinity: () => Number.NEGATIVE_INFINITY,
  give_model_nan: () => ({ f: Number.NaN }),
  give_big_int: () => 2 ** 70,
  give_bytes: () => new Uint8Array([0x61, 0x62, 0x63]),
  give_bytes_not_utf8: () => new Uint8Array([0xff, 0x00]),
  give_wrong_shape: () => ({ nope: 1 }),
  give_null_for_model: () => null,
};
