/** Which sets of params the effects of a contract can name. */
import { sound } from "../../spec/support/compile-text.js";
import { purgeScopes } from "./purge-scopes.js";

const CONTEXT = `
type Order id=integer team_id=integer? owner=User
type User id=integer
context user { function orders user_id=integer team_id=integer? a=integer? b=integer? c=integer? -> list<Order> { cache ttl=60 } }
`;

const scopesOf = (text: string): readonly (readonly string[])[] =>
  purgeScopes(sound(CONTEXT + text)).get("user") ?? [];

test.each([
  ["nothing", "function f -> boolean", []],
  ["the whole context", "function f user_id=integer -> boolean { affects user all }", []],
  ["everything", "function f user_id=integer -> boolean { affects * }", []],
  ["a function", "function f user_id=integer -> boolean { affects function orders }", []],
  [
    "required params by name",
    "function f user_id=integer -> boolean { affects user }",
    [["user_id"]],
  ],
  [
    "what may be null, with it and without",
    "function f user_id=integer team=integer? -> boolean { affects user user_id=input.user_id team_id=input.team }",
    [["team_id", "user_id"], ["user_id"]],
  ],
  [
    "what lies deep in the result",
    "function f -> Order { affects user user_id=result.owner.id team_id=result.id }",
    [["team_id", "user_id"]],
  ],
  [
    "what may be null inside the result",
    "function f -> Order { affects user user_id=result.owner.id team_id=result.team_id }",
    [["team_id", "user_id"], ["user_id"]],
  ],
  ["merges too", "function f user_id=integer -> list<Order> { merge user }", [["user_id"]]],
  [
    "equal sets once, in a fixed order",
    "function g id=integer -> boolean { affects user team_id=input.id }\nfunction f user_id=integer -> boolean { affects user }\nfunction h user_id=integer -> boolean { affects user }",
    [["team_id"], ["user_id"]],
  ],
  [
    "of many that may be null only all and none",
    "function f u=integer t=integer? a=integer? b=integer? c=integer? -> boolean { affects user user_id=input.u team_id=input.t a=input.a b=input.b c=input.c }",
    [["a", "b", "c", "team_id", "user_id"], ["user_id"]],
  ],
])("%s", (_, text, expected) => {
  expect(scopesOf(text)).toEqual(expected);
});
