/** The contract of spec/conformance/wire/wireapp.kdl, as the generator hands it to the server. */
import {
  boolean,
  bytes,
  date,
  datetime,
  decimal,
  enumOf,
  field,
  integer,
  json,
  list,
  map,
  number,
  optional,
  ref,
  string,
  time,
  uuid,
  type ContractDefinition,
  type Field,
  type FunctionDefinition,
  type Shape,
} from "@mizan/runtime/abi/v1/server";

const maybe = (name: string, shape: Shape): Field =>
  field(name, optional(shape), { omittable: true });
const color = enumOf("red", "blue");
const ok = { output: ref("Ok"), boxed: false } as const;
const fn = (
  name: string,
  input: readonly Field[],
  rest: Omit<FunctionDefinition, "name" | "input">,
): FunctionDefinition => ({ name, input, ...rest });
const byInput = (context: string, ...params: string[]) => ({
  context,
  params: params.map((param) => [param, ["input", param]] as const),
});
const userId = field("user_id", integer());
const itemId = field("item_id", integer());
const merged = (slot: string, context = "user") => ({ ...byInput(context, "user_id"), slot });

const contexts: FunctionDefinition[] = [
  fn("current_user", [], { output: ref("Who"), boxed: false, context: "global" }),
  fn("notifications", [], { output: list(ref("Note")), boxed: false, context: "global" }),
  fn("user_profile", [userId], { output: ref("Profile"), boxed: false, context: "user" }),
  fn("user_orders", [userId, maybe("limit", integer())], {
    output: list(ref("Order")),
    boxed: false,
    context: "user",
  }),
  fn("user_notes", [userId], { output: list(ref("Note")), boxed: false, context: "user" }),
  fn(
    "search",
    [
      field("q", string()),
      field("page", integer(), { omittable: true, default: 1 }),
      maybe("ratio", number()),
      maybe("flag", boolean()),
      maybe("tags", list(string())),
      maybe("ids", list(integer())),
      maybe("color", color),
      maybe("level", integer()),
      maybe("when", datetime()),
      maybe("day", date()),
      maybe("price", decimal()),
      maybe("uid", uuid()),
      maybe("extra", map(json())),
    ],
    { output: ref("Seen"), boxed: false, context: "search" },
  ),
  fn("broken_ok", [], { ...ok, context: "broken" }),
  fn("broken_fails", [field("how", string(), { omittable: true, default: "generic" })], {
    ...ok,
    context: "broken",
    errors: ["NoSuchThing", "BadThing"],
  }),
  fn("mixed_open", [], { ...ok, context: "mixed" }),
  fn("mixed_guarded", [], { ...ok, context: "mixed", guard: { role: "required" } }),
  fn("half_private_hidden", [], { ...ok, context: "half_private", private: true }),
  fn("half_private_open", [], { ...ok, context: "half_private" }),
  fn("cached60_a", [itemId], { ...ok, context: "cached60" }),
  fn("cached60_b", [itemId], { ...ok, context: "cached60" }),
  fn("uncached_a", [itemId], { ...ok, context: "uncached" }),
  fn("uncached_b", [itemId], { ...ok, context: "uncached" }),
  fn("item", [itemId], { ...ok, context: "item", rev: 2 }),
  fn("item_more", [itemId, maybe("lang", string())], { ...ok, context: "item", rev: 1 }),
  fn("mine", [itemId], { ...ok, context: "mine", guard: { role: "required" } }),
  fn("gated", [], { ...ok, context: "gated", guard: { predicate: "may_open" } }),
  fn("by_page_reader", [field("page", integer())], { ...ok, context: "by_page" }),
  fn("by_ratio_reader", [field("ratio", number())], { ...ok, context: "by_ratio" }),
  fn("by_flag_reader", [field("flag", boolean())], { ...ok, context: "by_flag" }),
  fn("by_tags_reader", [field("tags", list(string()))], { ...ok, context: "by_tags" }),
  fn("by_color_reader", [field("color", color)], { ...ok, context: "by_color" }),
  fn("by_when_reader", [field("when", datetime())], { ...ok, context: "by_when" }),
  fn("by_price_reader", [field("price", decimal())], { ...ok, context: "by_price" }),
  fn("pair_reader", [field("b", integer()), field("a", string())], { ...ok, context: "pair" }),
];

const plain: FunctionDefinition[] = [
  fn("echo", [field("text", string())], { output: ref("EchoAnswer"), boxed: false }),
  fn("ping", [], ok),
  fn(
    "add_numbers",
    [field("a", integer()), field("b", integer(), { omittable: true, default: 10 })],
    ok,
  ),
  fn("fail", [field("how", string())], {
    ...ok,
    errors: [
      "NoSuchThing",
      "BadThing",
      "InvalidThing",
      "InvalidPlain",
      "WhoAreYou",
      "NotYou",
      "InternalThing",
      "NotYetThere",
    ],
  }),
  fn("unfilled", [], ok),
  fn("who_am_i", [], { output: ref("Who"), boxed: false }),
  fn("hidden", [], { ...ok, private: true }),
  fn("only_signed_in", [], { ...ok, guard: { role: "required" } }),
  fn("only_staff", [], { ...ok, guard: { role: "staff" } }),
  fn("only_superuser", [], { ...ok, guard: { role: "superuser" } }),
  fn("only_predicate", [], { ...ok, guard: { predicate: "may_open" } }),
  fn("only_signed_in_with_input", [field("n", integer())], { ...ok, guard: { role: "required" } }),
  fn("everything", [], { output: ref("Everything"), boxed: false }),
  fn(
    "take",
    [
      maybe("s", string()),
      maybe("i", integer()),
      maybe("f", number()),
      maybe("b", boolean()),
      maybe("color", color),
      maybe("when", datetime()),
      maybe("day", date()),
      maybe("price", decimal()),
      maybe("uid", uuid()),
      maybe("raw", bytes()),
      maybe("inner", ref("Inner")),
      maybe("ids", list(integer())),
      maybe("scores", map(number())),
    ],
    { output: map(json()), boxed: true },
  ),
  fn("take_model", [field("point", ref("Point"))], { output: ref("Point"), boxed: false }),
  fn("give_int", [], { output: integer(), boxed: true }),
  fn("give_str", [], { output: string(), boxed: true }),
  fn("give_nothing", [], { boxed: true }),
  fn("give_optional_model", [field("yes", boolean(), { omittable: true, default: false })], {
    output: optional(ref("Profile")),
    boxed: false,
  }),
  fn("give_optional_int", [field("yes", boolean(), { omittable: true, default: false })], {
    output: optional(integer()),
    boxed: true,
  }),
  fn("give_list_of_int", [], { output: list(integer()), boxed: true }),
  fn("give_list_of_model", [], { output: list(ref("Order")), boxed: false }),
  fn("give_empty_list", [], { output: list(ref("Order")), boxed: false }),
  fn("give_dict", [], { output: map(integer()), boxed: true }),
  fn("give_nan", [], { output: number(), boxed: true }),
  fn("give_infinity", [], { output: number(), boxed: true }),
  fn("give_model_nan", [], { output: ref("FloatOut"), boxed: false }),
  fn("give_big_int", [], { output: integer(), boxed: true }),
  fn("give_bytes", [], { output: bytes(), boxed: true }),
  fn("give_bytes_not_utf8", [], { output: bytes(), boxed: true }),
  fn("give_wrong_shape", [], { output: ref("Profile"), boxed: false }),
  fn("give_null_for_model", [], { output: ref("Profile"), boxed: false }),
];

const profile = { output: ref("Profile"), boxed: false } as const;
const order = { output: ref("Order"), boxed: false } as const;
const name = field("name", string());
const title = field("title", string());
const mutations: FunctionDefinition[] = [
  fn("update_profile", [userId, name], { ...ok, affects: [byInput("user", "user_id")] }),
  fn("touch_both", [userId], {
    ...ok,
    affects: [byInput("user", "user_id"), { context: "global" }],
  }),
  fn("touch_no_match", [field("who", string())], { ...ok, affects: [{ context: "user" }] }),
  fn("touch_limit", [userId, maybe("limit", integer())], {
    ...ok,
    affects: [byInput("user", "user_id")],
  }),
  fn("touch_default", [field("user_id", integer(), { omittable: true, default: 5 })], {
    ...ok,
    affects: [byInput("user", "user_id")],
  }),
  fn("touch_global", [], { ...ok, affects: [{ context: "global" }] }),
  fn("touch_three_unsorted", [userId], {
    ...ok,
    affects: [{ context: "global" }, byInput("user", "user_id"), { context: "search" }],
  }),
  fn("touch_search", [maybe("q", string()), maybe("page", integer()), maybe("flag", boolean())], {
    ...ok,
    affects: [byInput("search", "q")],
  }),
  fn("touch_item", [itemId], { ...ok, affects: [byInput("item", "item_id")] }),
  fn("touch_items", [], { ...ok, affects: [{ context: "item" }] }),
  fn("failing_mutation", [userId], {
    ...ok,
    affects: [byInput("user", "user_id")],
    errors: ["NothingHappened"],
  }),
  fn("touch_by_page", [field("page", integer())], { ...ok, affects: [byInput("by_page", "page")] }),
  fn("touch_by_ratio", [field("ratio", number())], {
    ...ok,
    affects: [byInput("by_ratio", "ratio")],
  }),
  fn("touch_by_flag", [field("flag", boolean())], { ...ok, affects: [byInput("by_flag", "flag")] }),
  fn("touch_by_tags", [field("tags", list(string()))], {
    ...ok,
    affects: [byInput("by_tags", "tags")],
  }),
  fn("touch_by_color", [field("color", color)], { ...ok, affects: [byInput("by_color", "color")] }),
  fn("touch_by_when", [field("when", datetime())], {
    ...ok,
    affects: [byInput("by_when", "when")],
  }),
  fn("touch_by_price", [field("price", decimal())], {
    ...ok,
    affects: [byInput("by_price", "price")],
  }),
  fn("rename_user", [userId, name], { ...profile, merges: [merged("user_profile")] }),
  fn("rename_and_touch_global", [userId, name], {
    ...profile,
    affects: [{ context: "global" }],
    merges: [merged("user_profile")],
  }),
  fn("rename_both", [userId, name], {
    ...profile,
    affects: [byInput("user", "user_id")],
    merges: [merged("user_profile")],
  }),
  fn("rename_no_params", [field("new_name", string())], {
    ...profile,
    merges: [{ context: "user", slot: "user_profile" }],
  }),
  fn("rename_or_null", [userId], {
    output: optional(ref("Profile")),
    boxed: false,
    merges: [merged("user_profile")],
  }),
  fn("add_order", [userId, title], {
    ...order,
    merges: [{ ...merged("user_orders"), op: "upsert", key: "id" }],
  }),
  fn("replace_orders", [userId], {
    output: list(ref("Order")),
    boxed: false,
    merges: [merged("user_orders")],
  }),
  fn("merge_two_contexts", [userId], {
    output: list(ref("Note")),
    boxed: false,
    merges: [merged("user_notes"), { context: "global", slot: "notifications" }],
  }),
  fn("touch_pair", [field("a", string()), field("b", integer())], {
    ...ok,
    affects: [byInput("pair", "a", "b")],
  }),
  fn("follow", [userId, field("target_id", integer())], {
    ...ok,
    affects: [
      byInput("user", "user_id"),
      { context: "user", params: [["user_id", ["input", "target_id"]]] },
    ],
  }),
  fn("touch_everybody", [userId], { ...ok, affects: [{ context: "user" }] }),
  fn("find_profile", [name], {
    ...profile,
    affects: [{ context: "user", params: [["user_id", ["result", "user_id"]]] }],
  }),
  fn("touch_notifications", [], { ...ok, affects: [{ function: "notifications" }] }),
  fn("put_order_first", [userId, title], {
    ...order,
    merges: [{ ...merged("user_orders"), op: "prepend", key: "id" }],
  }),
  fn("drop_order", [userId, field("order_id", integer())], {
    ...order,
    merges: [{ ...merged("user_orders"), op: "remove", key: "id" }],
  }),
];

const cached = (contextName: string, functions: readonly string[], ttl = 3600) => ({
  name: contextName,
  functions,
  cache: { ttl, public: false },
});
const uncached = (contextName: string, ...functions: readonly string[]) => ({
  name: contextName,
  functions,
});
const error = (
  errorName: string,
  code: string,
  status: number,
  message: string,
  fields: readonly Field[] = [],
) => ({ name: errorName, code, status, message, fields });

export const contract: ContractDefinition = {
  hash: "0123456789abcdef",
  structs: [
    { name: "EchoAnswer", fields: [field("message", string())] },
    { name: "Profile", fields: [userId, name] },
    { name: "Order", fields: [field("id", integer()), title] },
    { name: "Ok", fields: [field("ok", boolean())] },
    { name: "Note", fields: [field("text", string())] },
    {
      name: "Who",
      fields: [
        maybe("pk", string()),
        field("authenticated", boolean()),
        field("staff", boolean()),
        field("superuser", boolean()),
      ],
    },
    { name: "Seen", fields: [field("seen", json())] },
    {
      name: "Inner",
      fields: [
        field("label", string()),
        field("score", number(), { omittable: true, default: 0.5 }),
      ],
    },
    {
      name: "Point",
      fields: [field("x", integer()), field("y", integer(), { omittable: true, default: 0 })],
    },
    { name: "FloatOut", fields: [field("f", number())] },
    {
      name: "Everything",
      fields: [
        field("s", string()),
        field("i", integer()),
        field("f", number()),
        field("b", boolean()),
        maybe("none", string()),
        field("color", color),
        field("level", integer()),
        field("when", datetime()),
        field("day", date()),
        field("time", time()),
        field("span", string()),
        field("price", decimal()),
        field("uid", uuid()),
        field("inner", ref("Inner")),
        field("inners", list(ref("Inner"))),
        field("by_name", map(ref("Inner"))),
        maybe("anything", json()),
      ],
    },
  ],
  errors: [
    error("NoSuchThing", "NO_SUCH_THING", 404, "no such thing"),
    error("BadThing", "BAD_THING", 400, "bad thing", [field("a", integer())]),
    error("InvalidThing", "INVALID_THING", 422, "invalid thing", [
      field("fields", map(list(string()))),
    ]),
    error("InvalidPlain", "INVALID_PLAIN", 422, "invalid thing"),
    error("WhoAreYou", "WHO_ARE_YOU", 401, "who are you"),
    error("NotYou", "NOT_YOU", 403, "not you"),
    error("InternalThing", "INTERNAL_THING", 500, "internal thing", [field("b", integer())]),
    error("NotYetThere", "NOT_YET_THERE", 501, "later"),
    error("NothingHappened", "NOTHING_HAPPENED", 400, "nothing happened"),
  ],
  contexts: [
    uncached("by_color", "by_color_reader"),
    uncached("by_flag", "by_flag_reader"),
    uncached("by_page", "by_page_reader"),
    uncached("by_price", "by_price_reader"),
    uncached("by_ratio", "by_ratio_reader"),
    uncached("by_tags", "by_tags_reader"),
    uncached("by_when", "by_when_reader"),
    cached("broken", ["broken_fails", "broken_ok"]),
    cached("cached60", ["cached60_a", "cached60_b"], 60),
    cached("gated", ["gated"]),
    cached("global", ["current_user", "notifications"]),
    uncached("half_private", "half_private_open"),
    cached("item", ["item", "item_more"]),
    cached("mine", ["mine"]),
    uncached("mixed", "mixed_guarded", "mixed_open"),
    uncached("pair", "pair_reader"),
    cached("search", ["search"]),
    uncached("uncached", "uncached_a", "uncached_b"),
    cached("user", ["user_notes", "user_orders", "user_profile"]),
  ],
  functions: [...contexts, ...plain, ...mutations],
};
