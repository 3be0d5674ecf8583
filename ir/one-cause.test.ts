/**
 * What people write in their first hour, and what one fault takes with it: one cause gives one diagnostic, at
 * its place, with what was meant as help. Each row is a contract and all that is said about it.
 */
import { compile } from "./compile.js";

/** `MZ1035 b= (write …)`: the code, the text at its place, the help. */
function say(text: string): readonly string[] {
  const { diagnostics } = compile([{ id: 0, path: "contract.kdl", text }]);
  return diagnostics.map(({ code, primary, help }) => {
    const place = text.slice(primary?.span.start, primary?.span.end);
    return help === null ? `${code} ${place}` : `${code} ${place} (${help})`;
  });
}

test.each<[string, readonly string[]]>([
  [
    `type A
    id integer
}
function f -> A`,
    ["MZ1036  (write `type A {`)"],
  ],
  [
    `function f id=integer -> boolean {
    input
        name string
    }
}`,
    ["MZ1036  (write `input {`)"],
  ],
  // Nothing that stands further right: the brace is one too many.
  [
    `type A { id integer }
}
function f -> A`,
    ["MZ1003 } (remove it, or look above for a block that ends too early)"],
  ],
  [`enum E "a"|"b"\nfunction f -> E`, ['MZ1109 | (write `enum E "a" "b"`)']],
  ["enum E a=1 b=2\nfunction f -> E", ["MZ1102 a (write `enum E a b`)"]],
  ["type A = { id integer }\nfunction f -> A", ["MZ1109 = (write `type A {`)"]],
  ["function f id=integer => boolean", ["MZ1110 => (write `function f id=integer -> boolean`)"]],
  ["function f id=integer: boolean", ["MZ1110 : (write `function f id=integer -> boolean`)"]],
  [
    "function f -> { id integer }",
    ["MZ1104 -> (declare a `type` with these fields, and write its name here)"],
  ],
  [
    "type A { id integer = 5 }\nfunction f -> A",
    ["MZ1109 integer = 5 (write `id integer default=5`)"],
  ],
  [
    "type A { id integer? = null }\nfunction f -> A",
    ["MZ1109 integer? = null (write `id integer? default=#null`)"],
  ],
  ["type A { optional name string }\nfunction f -> A", ["MZ1103 optional (write `name string?`)"]],
  [
    `function f id=integer -> boolean { affects user(user_id) }
context user { function g user_id=integer -> boolean }`,
    ["MZ1019 user(user_id) (write `affects user user_id=input.user_id`)"],
  ],
  [
    "export type A id=integer\nfunction f -> A",
    ["MZ1101 export (leave `export` out: `type A id=integer`)"],
  ],
  ["channel c a=integer { params { a string } }", ["MZ2005 a (keep one of the two)"]],
  [
    `type P a=integer
view v a=integer { route "/x/:a/"; input P }`,
    ["MZ2005 a"],
  ],
  [
    `type P b=integer
function f { input P { a integer } }`,
    ["MZ1103 P (write `input P` alone, or all fields)"],
  ],
  [
    `type P b=integer
channel c { client P { a integer }; server P a=string }`,
    [
      "MZ1103 P (write `client P` alone, or all fields)",
      "MZ1103 P (write `server P` alone, or all fields)",
    ],
  ],
  [
    "channel c { client a=integer; client-message b=string }",
    ["MZ1106 client-message (keep one of the two)"],
  ],
  [
    `enum E { "a,b"; "1|x" }
function f e=E`,
    [],
  ],
  [
    `context c { function g -> Foo }
function m -> string { merge c }`,
    ["MZ3001 Foo (declare it with `type`)"],
  ],
  [
    `function m -> string { merge c; affects function g; affects c x=input.x }
context c { function g }`,
    ["MZ2002 g", "MZ2002 g (define it, for example `function g -> string`)"],
  ],
  [
    `function m x=integer -> string { merge c slot=g; affects c x=input.x; }
context c { function g }`,
    ["MZ2002 g (define it, for example `function g -> string`)"],
  ],
  [
    `type Foo a=integer b=Oops
function f { input Fooo; affects c k=input.b }
context c { function g k=integer -> string }
view v { route "/x/:a/"; input Fooo }`,
    [
      "MZ3001 Oops (declare it with `type`)",
      "MZ3001 Fooo (did you mean `Foo`?)",
      "MZ3001 Fooo (did you mean `Foo`?)",
    ],
  ],
  [
    `context c { function g -> list<P>; function h -> integer }
type P id=integer
function f id=integer { merge c op=remove by=id value=id }`,
    ["MZ1105 id (for example `value=input.id` or `value=result.id`)"],
  ],
  [
    `context c { function a -> string { transport ws }; function b -> string { transport websocket } }
function x { transport ws }`,
    ["MZ1105 ws (write `websocket`)", "MZ1105 ws (write `websocket`)"],
  ],
  [
    `context global { function g id=integer -> string }
function m id=integer { affects global }`,
    ["MZ4032 id (`global` has one instance; put the function into a context of its own)"],
  ],
  [
    `type T { a integer default=true; b E default=null; c string default=false; d boolean default=true }
enum E x y
function f t=T`,
    [
      "MZ1007 true (write `#true`)",
      "MZ1007 null (write `#null`)",
      "MZ1007 false (write `#false`)",
      "MZ1007 true (write `#true`)",
    ],
  ],
  [
    `type T { a string | null; b string |null; c string| null }
function f t=T`,
    [
      "MZ3002 string | null (write `string|null`)",
      "MZ3002 string |null (write `string|null`)",
      "MZ3002 string| null (write `string|null`)",
    ],
  ],
  ["function f -> integer, string", ["MZ3002 , (write `integer`)"]],
  ["function f: integer", ["MZ1110 : (write `function f -> integer`)"]],
  ["function f-> integer", ["MZ1110 -> (write `function f -> integer`)"]],
  [
    `type T { a : integer }
function f t=T`,
    ["MZ1109 : (write `a integer`)"],
  ],
  [
    `type T { a :integer }
function f t=T`,
    ["MZ1109 :integer (write `a integer`)"],
  ],
  [
    `type T { private=true }
function f t=T { private=true }`,
    ["MZ1035 private= (write `private`)", "MZ1035 private= (write `private`)"],
  ],
  [
    `type profile a=integer
function f -> Profile`,
    ["MZ2006 profile (write `Profile`)"],
  ],
  [
    `type T { a list of string }
function f t=T`,
    ["MZ3002 list of string (write `list<string>`)"],
  ],
  [
    `type T { a string(80) }
function f t=T`,
    ["MZ1019 string(80) (write `string max-length=80`)"],
  ],
  [
    `type T { a "admin"|"member" }
function f t=T`,
    ['MZ3002 "admin"|"member" (declare an enum and use its name: `enum Name "admin" "member"`)'],
  ],
  [
    `function "a-b"
function a_b`,
    ['MZ2006 "a-b" (write `a_b`)'],
  ],
  [
    `context c { function g -> list<P> }
type P id=integer
function f n=string { merge c op=remove by=id value=input.n }`,
    ["MZ5010 input.n"],
  ],
  [
    `context user { function g k=integer -> string }
function f k=integer { affects user, k }`,
    ["MZ1109 user, (write `affects user; affects k`)"],
  ],
  ["function f { auth true }", ["MZ1007 true (write `auth required`)"]],
  [
    `type T { a ?string }
function f t=T`,
    ["MZ3002 ? (write `string?`)"],
  ],
  [
    `type T { a = integer; b=integer }
function f t=T`,
    [
      "MZ1013 = (write `a integer`, or a property as `name=value`)",
      "MZ1035 b= (in a block a space stands between name and value: `b integer`)",
    ],
  ],
  [
    `type T { a = integer }
function f t=T`,
    ["MZ1013 = (write `a integer`, or a property as `name=value`)"],
  ],
  [
    `type T { b=integer }
function f t=T`,
    ["MZ1035 b= (in a block a space stands between name and value: `b integer`)"],
  ],
  [
    `type T a=integer
function f => T`,
    ["MZ1110 > (write `function f -> T`)"],
  ],
  [
    `type T { a string default: x; b string default: 3 }
function f t=T`,
    [
      "MZ1103 default: (write `a string default=x`)",
      'MZ1103 default: (write `b string default="3"`)',
    ],
  ],
  [
    `type T { a: { b integer } }
function f t=T`,
    ["MZ1109 a: (declare a `type` with these fields, and write its name here)"],
  ],
  [
    "channel c { client string; server list<integer> }",
    [
      "MZ3010 string (an input is a block of fields, or a `type` with fields)",
      "MZ3010 list<integer> (an input is a block of fields, or a `type` with fields)",
    ],
  ],
  [
    `type T a=list<integer, string>
function f t=T`,
    ["MZ3002 , string (write `list<integer|string>`)"],
  ],
  [
    `type T a=A | B c=integer
type A x=integer
type B y=integer
function f t=T -> map<string, integer>`,
    ["MZ3002 A | B (write `A|B`)", "MZ3002 , integer (write `map<integer>`)"],
  ],
  [
    `function f a=map<string, integer> b=integer ? -> T
type T a=integer`,
    ["MZ3002 , integer (write `map<integer>`)", "MZ3002 integer ? (write `integer?`)"],
  ],
  [
    'view v a=list<integer, string> { route "/x/:a/" }',
    ["MZ3002 , string (write `list<integer|string>`)"],
  ],
  ["function f->integer", ["MZ1110 -> (write `function f -> integer`)"]],
  [
    `type T a="string b=integer
function f t=T`,
    [
      'MZ1005 "string b=integer (write `"` where the text ends; text of several lines stands between `"""`)',
    ],
  ],
  [
    `type T { a "x"|"y"; b "Foo"|"Bar"? default=x; c integer }
function f t=T`,
    [
      'MZ3002 "x"|"y" (declare an enum and use its name: `enum Name "x" "y"`)',
      'MZ3002 "Foo"|"Bar"? (one string holds the whole type: `Foo|Bar|null`)',
    ],
  ],
  [
    `type T a=string | null
function f t=T -> string | null`,
    ["MZ3002 string | null (write `string|null`)", "MZ3002 string | null (write `string|null`)"],
  ],
  ["function f { private=false }", ["MZ1035 private= (leave the line out)"]],
  [
    "function g(id: Int!): U!\ntype U id=integer",
    ["MZ1034 (id: Int!) (write `g id=integer -> U`)"],
  ],
  [
    "query g(ids: [Int!]!, name?: String): [U!]!\ntype U id=integer",
    [
      "MZ1101 query (did you mean `function`?)",
      "MZ1034 (ids: [Int!]!, name?: String) (write `g ids=list<integer> name=string? -> list<U>`)",
    ],
  ],
  [
    "context c { fn g(id: integer):U { auth required } }\ntype U id=integer",
    ["MZ1101 fn (did you mean `function`?)", "MZ1034 (id: integer) (write `g id=integer -> U`)"],
  ],
  [
    "function f(a: Map<string, Int>, b: string[])->integer",
    [
      "MZ1034 (a: Map<string, Int>, b: string[]) (write `f a=map<integer> b=list<string> -> integer`)",
    ],
  ],
  ["function f(a: integer) => void", ["MZ1034 (a: integer) (write `f a=integer`)"]],
  [
    "function f (a: integer): string | boolean",
    ["MZ1034 (a: integer) (write `a=integer -> string|boolean`)"],
  ],
  // What has a default cannot stand on the line, and what has no type is not known.
  [
    "function f(a: integer = 5, ok: bool = true, b: string) -> integer",
    [
      "MZ1034 (a: integer = 5, ok: bool = true, b: string) (inputs with defaults stand in the block: `input { a integer default=5; ok boolean default=#true; b string }`)",
    ],
  ],
  ["function f(a) -> integer", ["MZ1034 (a) (an input is a name and a type: `name=Type`)"]],
  // A field may be called like a function elsewhere.
  [
    "type U { query list(integer) }\nfunction f -> U",
    ["MZ1019 list(integer) (write `list<integer>`)"],
  ],
  [
    'type T { a "x" | "y" | null default=x; b "Foo" | "Bar"; c string | "z"; d integer }\nfunction f -> T',
    [
      'MZ3002 "x" | "y" | null (declare an enum and use its name with `?`: `enum Name "x" "y"`)',
      'MZ3002 "Foo" | "Bar" (one string holds the whole type: `Foo|Bar`)',
      'MZ3002 string | "z" (declare an enum of all values, or take `string`)',
    ],
  ],
  [
    'function f role="x" | "y" id=integer -> integer',
    ['MZ3002 "x" | "y" (declare an enum and use its name: `enum Name "x" "y"`)'],
  ],
  ['type Role "x" | "y"\nfunction f -> Role', ['MZ3002 "x" | "y" (write `enum Role "x" "y"`)']],
  ["function f { private = false }", ["MZ1013 = (leave the line out)"]],
  ["function f { private = true }", ["MZ1013 = (write `private`)"]],
  ["function f { auth=true }", ["MZ1035 auth= (write `auth required`)"]],
  ["function f { auth = #false }", ["MZ1013 = (write `auth none`)"]],
  ["function f { cache = false }", ["MZ1013 = (write `cache off`)"]],
  [
    'view v { route = "/a/b/" }',
    ['MZ1013 = (write `route "/a/b/"`, or a property as `name=value`)'],
  ],
  [
    'view v { route="/v/" }',
    ['MZ1035 route= (in a block a space stands between name and value: `route "/v/"`)'],
  ],
  [
    "function f { rev = 2 }\nfunction g -> T\ntype T { a = integer default=2 }",
    [
      "MZ1013 = (write `rev 2`, or a property as `name=value`)",
      "MZ1013 = (write `a integer`, or a property as `name=value`)",
    ],
  ],
  ["function list_all -> list of string", ["MZ3002 list of string (write `list<string>`)"]],
  [
    `type T { a list of Foo; b map of string to integer }
type Foo a=integer
function f t=T`,
    [
      "MZ3002 list of Foo (write `list<Foo>`)",
      "MZ3002 map of string to integer (write `map<integer>`)",
    ],
  ],
  [
    `type profile { user other_thing? }
type other_thing a=integer
function f -> profile
function g -> OtherThing?`,
    ["MZ2006 profile (write `Profile`)", "MZ2006 other_thing (write `OtherThing`)"],
  ],
  [
    `context a { function f }
function f -> string { context b }`,
    ["MZ2009 b (keep one of the two)"],
  ],
  // What is half written.
  [
    `type Order id=integer tot
context c { function g -> list<Order> }
function f -> Order { merge c by=id }`,
    ["MZ1103 tot (a field is written `name=Type`, or `name Type` in the block)"],
  ],
  [
    `type P id=integer
context c { function g -> P; function h -> list<P> }
function place_ord
    merge c slot=h by=id
}`,
    ["MZ1036  (write `function place_ord {`)"],
  ],
  ["context c { f }", ["MZ1101 f (write `function f`)"]],
  // What belongs to a context, and where it is written.
  [
    `context user { function profile id=integer -> P; function posts id=integer -> list<P> }
type P id=integer
function a id=integer -> P { affects user.id }
function b id=integer -> P { affects user.posts }
function c id=integer -> P { merge user.profile }
function d id=integer -> P { merge into user slot=profile }
function e id=integer -> P { merge user, slot=posts by=id }
function f id=integer -> P { affects user id }
context todo function g -> P`,
    [
      "MZ2001 user.id (write `user id=input.id`)",
      "MZ2001 user.posts (write `affects function posts`)",
      "MZ2001 user.profile (write `user slot=profile`)",
      "MZ1103 into (write `merge user slot=profile`)",
      "MZ1109 user, (write `merge user slot=posts by=id`)",
      "MZ1103 id (for a param write `affects user id=input.id`, for two contexts `affects user; affects id`)",
      "MZ1103 function (functions stand in its block: `context todo { function g -> P }`)",
    ],
  ],
  [
    'view home "/home/"',
    ['MZ1103 "/home/" (the route stands in the block: `view home { route "/home/" }`)'],
  ],
  [
    `function f at=T { private true; transport ws }
type T { d datetime default=now() }
error Gone status="410"
function g { errors Gone; cache ttl="60" }`,
    [
      "MZ1007 true (write `private`)",
      "MZ1105 ws (write `websocket`)",
      "MZ1019 now() (a default is a value: leave it out, and let the handler work it out)",
      'MZ1105 "410" (write `410`)',
      'MZ1105 "60" (write `60`)',
    ],
  ],
  [
    `type T { role enum admin member; kind admin|member; odd intger|strng; list affects }
function f t=T { affects [user] }
context user { function g -> integer }`,
    [
      "MZ3002 enum (declare it at the top and use its name: `enum Role admin member`)",
      "MZ3002 admin|member (declare an enum and use its name: `enum Name admin member`)",
      "MZ3001 intger (did you mean `integer`?)",
      "MZ3001 strng (did you mean `string`?)",
      "MZ3001 affects (declare it with `type`)",
      "MZ1011 [user] (write `affects user`)",
    ],
  ],
  [
    `type T (id integer, tags list<string>)
type U { role enum(admin, member) }
error Gone(id integer)
function f u=U -> T { affects(user); errors Gone; cache 60s }
context user { function g -> integer }`,
    [
      "MZ1019 (id integer, tags list<string>) (write `{ id integer; tags list<string> }`)",
      "MZ1019 enum(admin, member) (declare an enum and use its name: `enum Name admin member`)",
      "MZ1034 (id integer) (what it carries stands in a block: `{ id integer }`)",
      "MZ1019 affects(user) (write `affects user`)",
      "MZ1105 60s (write `cache ttl=60`)",
    ],
  ],
  // What a name in the wrong case takes with it.
  [
    `context User { function g userId=integer -> list<P> }
type P Id=integer
error gone
function f user_id=integer -> P { affects user user_id=input.user_id; merge user by=id; errors Gone }`,
    [
      "MZ2006 User (write `user`)",
      "MZ2006 userId (write `user_id`)",
      "MZ2006 Id (write `id`)",
      "MZ2006 gone (write `Gone`)",
    ],
  ],
  [
    `context user { function g user_id:=integer -> P; function h user_id=integer -> list<P> }
type P id=integer
function f user_id=integer -> P { affects user }
function e user_id=integer -> P { merge user slot=h by=id }`,
    ["MZ2006 user_id: (write `user_id`)"],
  ],
  [
    `context user { function g limit=intger? -> list<P> }
type P id=integer
function f -> P { merge user by=id }`,
    ["MZ3001 intger (did you mean `integer`?)"],
  ],
  // What is misspelt of a merge.
  [
    `context c { function g -> list<P> }
type P id=integer
function a -> P { merge c bby=id }
function b -> P { merge c By=id OP=prepend }
function d id=integer { merge c op=reomve by=id value=input.id }
function e id=integer { merge c op=delete by=id value=input.id }
function f id=integer { merge c op=what by=id value=input.id }
function h id=integer { merge c op=remove by=id vlaue=input.id }`,
    [
      "MZ1102 bby (write `merge c by=id`)",
      "MZ1102 By (write `merge c by=id op=prepend`)",
      "MZ1105 reomve (write `op=remove`)",
      "MZ1105 delete (write `op=remove`)",
      "MZ1105 what",
      "MZ5008 vlaue (did you mean `value`?)",
    ],
  ],
  [
    `context c { function g -> P; function h -> integer }
type P id=integer
function f -> P { merge c b }`,
    ["MZ1103 b (write `merge c slot=b`)"],
  ],
  [
    `context c { functions g h }
function g -> integer
function h -> integer`,
    ["MZ1101 functions (write `function g; function h`)"],
  ],
  ["enum J (a|b)\nfunction f -> J", ["MZ1019 (a|b) (write the values side by side, with spaces)"]],
  ["typ", ["MZ1101 typ (did you mean `type`?)"]],
  [
    `context c {
    function g -> P { rev 2 } }
    function h -> list<P>
    cache ttl=60
}
type P id=integer
function f -> P { merge c slot=h by=id }`,
    ["MZ1003 } (remove one of the two)"],
  ],
  [
    `type T { a string default=null; b list<integer> min-items=1 default=null; c string? default=null; d json default=null }
function f t=T`,
    [
      "MZ1007 null (write `a string? default=#null`)",
      "MZ1007 null (write `b list<integer>? min-items=1 default=#null`)",
      "MZ1007 null (write `#null`)",
      "MZ1007 null (write `#null`)",
    ],
  ],
  [
    `type U {
    name: String!
    posts: [Post!]!
}
type Post title=string
type Query {
    user(id: Int!): U
    users(first: Int): [U!]!
}
function f -> U`,
    [
      "MZ1109 name: (write `name string`)",
      "MZ1109 posts: (write `posts list<Post>`)",
      "MZ1034 (id: Int!) (a function stands at the top or in a context: `function user id=integer -> U`)",
      "MZ1034 (first: Int) (a function stands at the top or in a context: `function users first=integer -> list<U>`)",
    ],
  ],
  [
    `type Profile id=integer
type Order id=integer
function f -> profile|order`,
    ["MZ3001 profile (did you mean `Profile`?)", "MZ3001 order (did you mean `Order`?)"],
  ],
  // A second fault of its own within the place of the first.
  [
    "function f -> Nope[]",
    ["MZ1011 Nope[] (write `list<Nope>`)", "MZ3001 Nope[] (declare it with `type`)"],
  ],
  // A name of the canonical form is right as it is, and no other.
  [
    `type "profile" { struct { field "a" { primitive "integer" } } }
function f -> Profile`,
    ["MZ3001 Profile (did you mean `profile`?)"],
  ],
])("%s", (text, expected) => {
  expect(say(text)).toEqual(expected);
});
