import fc from "fast-check";
import { normalizeRoute, parseRoute, routePattern } from "./routes.js";

const read = (text: string) => {
  const route = parseRoute(text);
  return "fault" in route
    ? route.fault
    : route.segments.map((one) => (one.kind === "static" ? one.text : [one.converter, one.name]));
};

test.each([
  ["/", []],
  ["/profile/:user_id/", ["profile", [null, "user_id"]]],
  ["/profile/<int:user_id>", ["profile", ["int", "user_id"]]],
  ["/profile/<user_id>/", ["profile", [null, "user_id"]]],
  ["/files/<path:rest>/", ["files", ["path", "rest"]]],
  ["/a.b/~c/:d", ["a.b", "~c", [null, "d"]]],
  ["/café/:größe", ["café", [null, "größe"]]],
  ["/:__proto__/constructor", [[null, "__proto__"], "constructor"]],
])("%s is a route", (text, segments) => {
  expect(read(text)).toEqual(segments);
});

test.each([
  ["", "does not begin with a slash"],
  ["profile", "does not begin with a slash"],
  ["https://evil.example/", "does not begin with a slash"],
  ["//", "has an empty segment"],
  ["//evil.example", "has an empty segment"],
  ["/a//b", "has an empty segment"],
  ["/a?x", "a query or fragment is no part of a route"],
  ["/a/..", "browsers take `.` and `..` out of a path"],
  ["/./a", "browsers take `.` and `..` out of a path"],
  ["/a b", "has signs that a route cannot have"],
  ["/a\u0000", "has signs that a route cannot have"],
  ["/\ud800", "has signs that a route cannot have"],
  ["/a%2fb", "has signs that are escaped: write them as they are"],
  ["/<int:>/", "a param is `:name` or `<converter:name>`"],
  ["/<:a>/", "a param is `:name` or `<converter:name>`"],
  ["/<int:a:b>/", "a param is `:name` or `<converter:name>`"],
  ["/x:y/", "a param is `:name` or `<converter:name>`"],
  ["/:a/<int:a>/", "names a param twice"],
  ["/<path:a>/b", "a `path` takes all that is left, so it stands last"],
])("%j is none", (text, fault) => {
  expect(read(text)).toBe(fault);
});

test.each([
  ["/profile/<int:user_id>/", "/profile/:user_id/"],
  ["/profile/<user_id>", "/profile/:user_id"],
  ["/k/<uuid:key>/<str:name>", "/k/:key/:name"],
  ["/s/<slug:name>/<path:rest>", "/s/<slug:name>/<path:rest>"],
  ["/", "/"],
  ["no route", "no route"],
])("%s is spelled %s", (text, spelled) => {
  expect(normalizeRoute(text)).toBe(spelled);
  expect(normalizeRoute(spelled)).toBe(spelled);
});

test("a spelling is final, and of a route that matches the same requests", () => {
  const piece = fc.constantFrom("/", "a", "A", ":x", "<int:y>", "<slug:z>", "<path:w>", "..", "é");
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ unit: "binary", maxLength: 40 })), (given) => {
      const spelled = normalizeRoute(given);
      expect(normalizeRoute(spelled)).toBe(spelled);
      const [before, after] = [parseRoute(given), parseRoute(spelled)];
      if ("fault" in before || "fault" in after) expect(spelled).toBe(given);
      else {
        expect(routePattern(after)).toBe(routePattern(before));
        expect(after.params.map(({ name }) => name)).toEqual(before.params.map(({ name }) => name));
        for (const { start, end, name } of before.params) {
          expect(given.slice(start, end)).toContain(name);
        }
      }
    }),
    { seed: 4, numRuns: 3000 },
  );
});
