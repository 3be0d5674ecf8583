/** The examples of the language's own page are contracts that hold. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canon, problems } from "../../support/compile-text.js";

const page = readFileSync(join(__dirname, "../../language.md"), "utf8");
const [example = "", types = "", words = ""] = [...page.matchAll(/```kdl\n([^]*?)```/g)].map(
  ([, text = ""]) => text,
);

test("the first example has nothing to report", () => {
  expect(problems(example)).toEqual([]);
  const full = canon([example], true);
  expect(canon([full], true)).toBe(full);
});

test("the smaller ones are sound with something that uses them", () => {
  expect(problems(types, "function f -> Path\n")).toEqual([]);
  expect(problems(words, "function f -> list<Role|Genre> { errors AlreadyLent }\n")).toEqual([]);
});
