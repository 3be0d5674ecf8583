import {
  isBindingName,
  isIdentifierName,
  toBinding,
  toCamel,
  toContextNames,
  toErrorTypeName,
  toExampleName,
  toFunctionNames,
  toKebabPath,
  toPascal,
  toSchemaName,
  toTypeName,
} from "./naming.js";

test.each([
  ["user_profile", "userProfile"],
  ["orders.place", "ordersPlace"],
  ["c_1b", "c1B"],
  ["j_kL_mN", "jKlMn"],
  ["ping", "ping"],
  ["aB_cd", "aBCd"],
  ["a-b.c_d", "aBCD"],
  ["größe_über", "größeÜber"],
  ["a_ßx", "aSsx"],
  ["_x", "X"],
  ["a__b", "aB"],
  ["__proto__", "Proto"],
])("the camel form of %s is %s", (wireName, camel) => {
  expect(toCamel(wireName)).toBe(camel);
});

test.each([
  ["user_profile", "UserProfile"],
  ["élan_vital", "ÉlanVital"],
  ["x", "X"],
])("the pascal form of %s is %s", (wireName, pascal) => {
  expect(toPascal(wireName)).toBe(pascal);
});

test.each([
  ["rename_user", "rename-user"],
  ["orders.place", "orders/place"],
  ["orders.place_all.now", "orders/place-all/now"],
  ["getURLNow", "get-url-now"],
  ["a1B", "a1-b"],
  ["HTTPServer", "http-server"],
  ["who", "who"],
])("the path of %s is %s", (wireName, path) => {
  expect(toKebabPath(wireName)).toBe(path);
});

test("an identifier may be a reserved word, a binding may not", () => {
  for (const name of ["a", "$", "_1", "größe", "a\u200d", "delete", "顧客", "𠮷"]) {
    expect([name, isIdentifierName(name)]).toEqual([name, true]);
  }
  for (const name of ["", "1a", "a-b", "a.b", "a b", "it's", "a\n", "😀"]) {
    expect([name, isIdentifierName(name), isBindingName(name)]).toEqual([name, false, false]);
  }
  for (const word of ["delete", "await", "let", "static", "undefined", "eval", "arguments"]) {
    expect([word, isBindingName(word), toBinding(word)]).toEqual([word, false, `${word}$`]);
  }
  expect(["type", "of", "async", "constructor"].map(toBinding)).toEqual([
    "type",
    "of",
    "async",
    "constructor",
  ]);
});

test.each([
  ["Profile", "Profile"],
  ["profile", "profile"],
  ["shop.Item", "ShopItem"],
  ["string", "string$"],
  ["class", "class$"],
  ["readonly", "readonly$"],
  ["infer", "infer$"],
])("the type %s is called %s", (name, identifier) => {
  expect(toTypeName(name)).toBe(identifier);
});

test("errors say that they are errors, once", () => {
  expect(["UserNotFound", "PaymentError", "Error"].map(toErrorTypeName)).toEqual([
    "UserNotFoundError",
    "PaymentError",
    "Error",
  ]);
});

test("everything is named after its function or context", () => {
  expect(toFunctionNames("orders.delete", "ordersDelete")).toEqual({
    handler: "ordersDelete",
    handlerType: "OrdersDeleteHandler",
    call: "callOrdersDelete",
    hook: "useOrdersDelete",
    suspenseHook: "useSuspenseOrdersDelete",
    pages: "ordersDeletePages",
    watchPages: "watchOrdersDeletePages",
    infiniteHook: "useInfiniteOrdersDelete",
    inputType: "OrdersDeleteInput",
    errorType: "OrdersDeleteError",
    errorGuard: "isOrdersDeleteError",
    outputType: "OrdersDeleteOutput",
    handlerPath: "orders/delete.ts",
  });
  expect(toFunctionNames("delete", "delete")).toMatchObject({
    handler: "delete$",
    call: "callDelete",
    hook: "useDelete",
  });
  expect(toContextNames("order_book")).toEqual({
    constant: "orderBookContext",
    fetch: "fetchOrderBookContext",
    watch: "watchOrderBookContext",
    provider: "OrderBookContext",
    hook: "useOrderBookContext",
    suspenseHook: "useSuspenseOrderBookContext",
    paramsType: "OrderBookContextParams",
    dataType: "OrderBookContextData",
    draftType: "OrderBookContextDraft",
    errorType: "OrderBookContextError",
    errorGuard: "isOrderBookContextError",
    path: "contexts/order-book.ts",
  });
  expect(["User", "顧客"].map((name) => toContextNames(name))).toMatchObject([
    { constant: "userContext", provider: "UserContext" },
    { constant: "顧客Context$", provider: "顧客Context" },
  ]);
  expect(toSchemaName("ProfileIn")).toBe("profileInSchema");
  expect(toExampleName("Profile")).toBe("exampleProfile");
  expect(toExampleName("profile")).toBe("exampleProfile");
});
