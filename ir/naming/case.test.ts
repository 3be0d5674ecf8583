import {
  lowerFirst,
  toCamel,
  toErrorCode,
  toFileStem,
  toPascal,
  toWords,
  upperFirst,
} from "./case.js";

it.each([
  ["user_profile", "userProfile"],
  ["orders.place", "ordersPlace"],
  ["c_1b", "c1B"],
  ["j_kL_mN", "jKlMn"],
  ["a-b_c.d", "aBCD"],
  ["userProfile", "userProfile"],
  ["ping", "ping"],
  ["__proto__", "Proto"],
  ["", ""],
])("camel of %s is %s", (wire, expected) => expect(toCamel(wire)).toBe(expected));

it.each([
  ["chat_room", "ChatRoom"],
  ["chat.roomList", "ChatRoomlist"],
])("pascal of %s is %s", (wire, expected) => expect(toPascal(wire)).toBe(expected));

it.each([
  ["orders.place_now", "orders/place-now"],
  ["userProfile", "user-profile"],
  ["getHTTPLog2B", "get-http-log2-b"],
  ["a", "a"],
])("the file of %s is %s", (wire, expected) => expect(toFileStem(wire)).toBe(expected));

it.each([
  ["OutOfStock", "OUT_OF_STOCK"],
  ["HTTPFailed", "HTTP_FAILED"],
  ["E2Big", "E2_BIG"],
  ["SKU", "SKU"],
])("the code of %s is %s", (name, expected) => expect(toErrorCode(name)).toBe(expected));

it.each([
  ["OutOfStock", "Out of stock"],
  ["HTTPFailed", "HTTP failed"],
  ["SeeHTTPLog", "See HTTP log"],
])("%s in words is %s", (name, expected) => expect(toWords(name)).toBe(expected));

it.each([
  ["OrderLine", "orderLine"],
  ["HTTPLog", "httpLog"],
  ["SKU", "sku"],
  ["SKU2", "sku2"],
  ["A", "a"],
])("%s as a constant begins %s", (name, expected) => expect(lowerFirst(name)).toBe(expected));

it("capitalises whole characters", () => {
  expect(upperFirst("éa")).toBe("Éa");
  expect(upperFirst("𐐨a")).toBe("𐐀a");
  expect(upperFirst("")).toBe("");
});
