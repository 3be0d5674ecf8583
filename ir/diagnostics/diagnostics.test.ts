import { report } from "./catalogue.js";
import type { Diagnostic } from "./diagnostic.js";
import { didYouMean, nearest } from "./did-you-mean.js";
import { sortDiagnostics } from "./sort.js";

describe("nearest", () => {
  const check = (name: string, candidates: readonly string[], expected: string | null): void => {
    expect(nearest(name, candidates)).toBe(expected);
    expect(nearest(name, [...candidates].reverse())).toBe(expected);
  };

  test.each<[string, readonly string[], string | null]>([
    ["profile", ["Profil", "Profile"], "Profile"],
    ["X", ["y", "x"], "x"],
    ["userProfile", ["user_profiles", "user_profile"], "user_profile"],
    ["orders-place", ["orders.place", "order.place"], "orders.place"],
    ["usr", ["user", "users"], "user"],
    ["uesr", ["user", "uber"], "user"],
    ["intger", ["integer", "number"], "integer"],
    ["stock", ["stick", "stack"], "stack"],
    ["user_profile", ["user_orders"], null],
    ["abc", ["xyz"], null],
    ["a", ["b"], null],
    ["", ["a", "_"], null],
    ["user", ["user"], null],
    ["user", [], null],
    ["café", ["cafe"], "cafe"],
    ["😀😀😀", ["😀😁😀"], "😀😁😀"],
  ])("%s among %j", check);

  test("huge names cost nothing", () => {
    expect(nearest("x".repeat(200_000), ["y".repeat(200_000)])).toBeNull();
  });

  test("the help quotes the name", () => {
    expect(didYouMean("usr", ["user"])).toBe("did you mean `user`?");
    expect(didYouMean("abc", ["user"])).toBeNull();
  });
});

describe("sortDiagnostics", () => {
  const at = (file: number, start: number, name: string, end = start + 1): Diagnostic =>
    report("MZ2001", { span: { file, start, end }, text: "here" }, { name });

  test("goes by file, start, code, end, message", () => {
    const first = report("MZ9001", null, { problem: "p" });
    const sorted = [
      first,
      at(0, 5, "a"),
      report("MZ2001", { span: { file: 0, start: 9, end: 10 }, text: "" }, { name: "a" }),
      report("MZ3001", { span: { file: 0, start: 9, end: 10 }, text: "" }, { name: "a" }),
      at(1, 0, "a"),
      at(1, 0, "b"),
      at(1, 0, "a", 2),
    ];
    expect(sortDiagnostics([...sorted].reverse())).toEqual(sorted);
  });

  test("shows the same thing once", () => {
    expect(sortDiagnostics([at(0, 1, "a"), at(0, 1, "b"), at(0, 1, "a")])).toHaveLength(2);
  });
});
