/** What `paginate` becomes. Each of its mistakes has a fixture in `spec/conformance/diagnostics`. */
import { canon, problems, sound } from "../../spec/support/compile-text.js";
import { printCanonical } from "../print/canonical.js";
import { printWireShape } from "../print/wire-shape.js";

const types = "type Post id=integer text=string\ntype Posts { items list<Post>; next string? }\n";

const blog = (paginate: string): string =>
  `${types}context blog {\n    function posts after=string? limit=integer? -> Posts {${paginate}}\n}\n`;

const paginateOf = (text: string): unknown => {
  const found = sound(text).functions.find(({ name }) => name === "posts")?.paginate;
  if (found === undefined || found === null) return null;
  const { cursor, limit, items, next, by } = found;
  return [cursor, limit, items, next, by];
};

test.each<[string, unknown]>([
  ["", null],
  ["paginate cursor=after by=id", ["after", null, "items", "next", "id"]],
  ["paginate by=id limit=limit cursor=after", ["after", "limit", "items", "next", "id"]],
  ["paginate cursor=after items=items next=next by=text", ["after", null, "items", "next", "text"]],
])("%s", (paginate, expected) => expect(paginateOf(blog(paginate))).toEqual(expected));

test("the plain form leaves no trace of it, and so does the wire", () => {
  const paginated = blog("paginate cursor=after limit=limit by=id");
  expect(canon([paginated])).toBe(canon([blog("")]));
  expect(printWireShape(sound(paginated))).toEqual(printWireShape(sound(blog(""))));
});

test("the full form says all of it, and reading that changes nothing", () => {
  const write = "function write text=string -> Post { merge blog op=prepend by=id }\n";
  const full = printCanonical(sound(blog("paginate cursor=after limit=limit by=id") + write), {
    full: true,
  });
  expect(full).toContain(
    'paginate cursor="after" limit="limit" items="items" next="next" by="id"\n',
  );
  expect(printCanonical(sound(full), { full: true })).toBe(full);
});

describe("an element is merged into the list in a page", () => {
  const merge = (text: string): unknown => {
    const { merges } = sound(blog("paginate cursor=after limit=limit by=id") + text).functions.find(
      ({ name }) => name === "f",
    ) ?? { merges: [] };
    return merges.map(({ slot, op, by }) => [slot, op, by]);
  };

  test.each<[string, unknown]>([
    ["function f -> Post { merge blog by=id }", [["posts", "upsert", "id"]]],
    ["function f -> Post { merge blog op=prepend by=id }", [["posts", "prepend", "id"]]],
    [
      "function f id=integer { merge blog op=remove by=id value=input.id }",
      [["posts", "remove", "id"]],
    ],
    ["function f -> Posts { merge blog }", [["posts", "replace", null]]],
  ])("%s", (text, expected) => expect(merge(`${text}\n`)).toEqual(expected));

  test("without `paginate` there is no place for it", () => {
    const found = problems(`${blog("")}function f -> Post { merge blog by=id }\n`);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^MZ5001 /);
  });
});

test("a merge into pages need not name what tells them apart", () => {
  const text = (paginate: string): string => `${types}
context blog {
    function posts author=string -> Posts {
        input { after string?; limit integer default=20 }
        ${paginate}
    }
}
function write author=string -> Post { merge blog op=prepend by=id }
`;
  expect(problems(text("paginate cursor=after limit=limit by=id"))).toEqual([]);
  // A limit that is not said to be one is a param like others.
  expect(problems(text("paginate cursor=after by=id"))[0]).toMatch(/^MZ5032 /);
});

test("a name that was lost elsewhere is not reported here", () => {
  const lost = `${types}context blog {
    function posts -> Posts { input Lost; paginate cursor=after by=id }
}
`;
  expect(problems(lost)).toEqual([expect.stringMatching(/^MZ2003 |^MZ300/)]);
  const output =
    "context blog { function posts after=string? -> Pots { paginate cursor=after by=id } }\n";
  expect(problems(types + output)).toEqual([expect.stringMatching(/^MZ30/)]);
});
