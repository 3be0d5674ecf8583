/**
 * Guards, caches and effects as other languages would have them. Each row is a line of a function, and the line
 * that its one diagnostic shows; following that leaves nothing to report and means what was read all along.
 */
import { canon, errors } from "../../spec/support/compile-text.js";
import { compile } from "../compile.js";
import { printCanonical } from "../print/canonical.js";

const world = `context user {
    function profile user_id=integer -> Profile
    function orders user_id=integer -> list<Order>
}
context stock { function levels -> list<integer> }
type Profile user_id=integer name=string
type Order id=integer total=number
`;

function full(text: string): string {
  const { value } = compile([{ id: 0, path: "contract.kdl", text }]);
  return printCanonical(value, { full: true });
}

function expectOneLine(written: string, shown: string, frame: (line: string) => string): void {
  const found = errors(frame(written));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/: [^`]*`[^`]*`$/);
  expect(found[0]?.split("`").at(-2)).toBe(shown);
  expect(full(frame(written))).toBe(canon([frame(shown)], true));
}

const inFunction =
  (head: string) =>
  (line: string): string =>
    `${world}function f ${head} { ${line} }\n`;

test.each([
  ["merge user by id", "merge user by=id"],
  ["merge user by=id prepend", "merge user op=prepend by=id"],
  ["merge user prepend by id", "merge user op=prepend by=id"],
  ["merge user op remove by id", "merge user op=remove by=id"],
  ["merge user orders by=id", "merge user slot=orders by=id"],
  ["merge user slot orders by id", "merge user slot=orders by=id"],
  ["merge user append by=id", "merge user by=id"],
  ["merge user key=id", "merge user by=id"],
  ["merge user on=id mode=prepend", "merge user by=id op=prepend"],
  ["merge user function=orders by=id", "merge user slot=orders by=id"],
  ["merge context user by=id", "merge user by=id"],
  ["merge context user orders key=id", "merge user slot=orders by=id"],
  ["merge user by id user_id=input.user_id", "merge user by=id user_id=input.user_id"],
  ["affects user *", "affects user all"],
  ["affects context user", "affects user"],
  ["affects context user all", "affects user all"],
  ["affects context user *", "affects user all"],
  ["affects context user user_id=input.user_id", "affects user user_id=input.user_id"],
])("%s → %s", (written, shown) => {
  expectOneLine(written, shown, inFunction("user_id=integer -> Order"));
});

test.each([
  ["affects user stock", "affects user; affects stock"],
  ["affects user all stock", "affects user all; affects stock"],
  ["affects user * stock *", "affects user all; affects stock all"],
  ["affects function orders stock", "affects function orders; affects stock"],
])("%s names several: %s", (written, shown) => {
  const frame = inFunction("-> Order");
  expect(errors(frame(written)).map((one) => one.split("`").at(-2))).toEqual([shown]);
  expect(errors(frame(shown))).toEqual([]);
});

test.each([
  // What these are meant to be nobody can know.
  ["merge user by", "behind its context a merge has `slot=`, `by=`, `op=` and `value=`"],
  [
    "merge user profile orders",
    "behind its context a merge has `slot=`, `by=`, `op=` and `value=`",
  ],
  ["merge user 5", "behind its context a merge has `slot=`, `by=`, `op=` and `value=`"],
  ["merge user by id by=id", "behind its context a merge has `slot=`, `by=`, `op=` and `value=`"],
  [
    "merge function orders by=id",
    "a merge names the context, and a function of it behind that: `slot=orders`",
  ],
  ["merge *", "a merge goes into one context; to have all of them refetched, write `affects *`"],
])("%s: %s", (written, help) => {
  const found = errors(inFunction("-> Order")(written));
  expect(found.map((one) => one.replace(/^\w+ ".*?": /, ""))).toEqual([help]);
});

test("a param may be called like what a merge's words are elsewhere", () => {
  const text = `context tag { function one key=string on=integer -> T }
type T name=string
function f key=string number=integer -> T { merge tag key=input.key on=input.number }
function g -> T { affects tag key=result.name on=input.number }
`.replace("function g ->", "function g number=integer ->");
  expect(errors(text)).toEqual([]);
});

test("a param in the place of a context is told as one", () => {
  expect(errors(inFunction("user_id=integer -> Order")("affects user_id"))).toEqual([
    'MZ2001 "user_id": it is a param of the context `user`: `affects user user_id=input.user_id`',
  ]);
});

test.each([
  ["merge orders by=id", "user slot=orders", "merge user slot=orders by=id"],
  ["affects orders", "affects function orders", "affects function orders"],
])("%s names a function: %s", (written, shown, line) => {
  const frame = inFunction("user_id=integer -> Order");
  expect(errors(frame(written)).map((one) => one.split("`").at(-2))).toEqual([shown]);
  expect(errors(frame(line))).toEqual([]);
});

test.each([
  ["id=integer", "merge user op=remove by=id", "merge user op=remove by=id value=input.id"],
  ["order_id=integer", "merge user op=remove", "merge user op=remove by=id value=input.order_id"],
  [
    "order_id=integer user_id=integer",
    "merge user op=remove by=id slot=orders user_id=input.user_id",
    null,
  ],
  [
    "user_id=integer id=integer",
    "merge user slot=orders op=remove by=id user_id=input.user_id",
    "merge user slot=orders op=remove by=id value=input.id user_id=input.user_id",
  ],
  ["name=string", "merge user op=remove by=id", null],
])("with the input %s, %s lacks its key", (input, written, shown) => {
  const frame = inFunction(input);
  const [found, ...others] = errors(frame(written));
  expect(others).toEqual([]);
  if (shown === null) {
    expect(found).toContain("its slots are");
  } else {
    expect(found?.split("`").at(-2)).toBe(shown);
    expect(errors(frame(shown))).toEqual([]);
  }
});

test.each(["merge user", "affects user; merge user"])("a read with %s has one fault", (line) => {
  const text = `${world}context user { function more user_id=integer -> Profile { ${line} } }\n`;
  expect(errors(text).map((one) => one.slice(0, 6))).toEqual(["MZ4030"]);
});

test.each([
  ["auth required staff", "auth staff"],
  ["auth superuser required", "auth superuser"],
  ["auth staff superuser", "auth staff_and_superuser"],
  ["auth staff owns_order", "auth staff_and_owns_order"],
  ["auth required owns_order", "auth required_and_owns_order"],
  ["auth staff staff", "auth staff"],
  ["auth role=admin", "auth admin"],
  ["auth staff=#true", "auth staff"],
  ["auth required role=staff", "auth staff"],
  ["auth #true", "auth required"],
  ["auth #false", "auth none"],
  ["auth true", "auth required"],
  ["cache on", "cache"],
  ["cache 60", "cache ttl=60"],
  ["cache #true", "cache"],
  ["cache true", "cache"],
  ["cache false", "cache off"],
  ["cache never", "cache off"],
  ["cache private", "cache"],
  ["cache private ttl=60", "cache ttl=60"],
  ["cache shared 60", "cache public ttl=60"],
  ["cache public 60", "cache public ttl=60"],
  ["cache 60 public", "cache public ttl=60"],
  ["cache ttl 60", "cache ttl=60"],
  ["cache max-age=60", "cache ttl=60"],
  ["cache public=#true ttl=60", "cache public ttl=60"],
  ['cache "1h"', "cache ttl=3600"],
])("%s → %s", (written, shown) => {
  const frame = (line: string): string =>
    `context c { function g -> integer; ${line} }\nfunction f { affects c }\n`;
  expectOneLine(written, shown, frame);
});

test.each([
  ["auth none staff", "there is one guard"],
  ['auth "a b" staff', "there is one guard"],
  ["auth staff=#false", "there is one guard"],
  ["cache off 60", "there are `cache`, "],
  ["cache 60 ttl=30", "there are `cache`, "],
  ["cache -5", "there are `cache`, "],
  ["cache sometimes", "there are `cache`, "],
  ["cache private=#false", "there are `cache`, "],
])("%s: %s…", (written, help) => {
  const found = errors(`context c { function g -> integer; ${written} }\n`);
  expect(found).toHaveLength(1);
  expect(found[0]).toContain(help);
});
