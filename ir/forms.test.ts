import { compile } from "./compile.js";
import { toForms, type Side } from "./forms.js";

function check(text: string, side: Side, expected: object): void {
  const { value } = compile([{ id: 0, path: "a.kdl", text }]);
  const { printed, split, inputOnly, twofold } = toForms(value, side);
  const sorted = (names: ReadonlySet<string>): readonly string[] => [...names].sort();
  expect({
    printed: sorted(printed),
    split: sorted(split),
    inputOnly: sorted(inputOnly),
    twofold: sorted(twofold),
  }).toMatchObject(expected);
}

const both = "function save a=A -> A\n";

test("a client's type is split where an input may leave out what an output has", () => {
  check(`type A { x integer?; y string }\n${both}`, "client", { split: ["A"] });
  check(`type A { x integer default=1 }\n${both}`, "client", { split: ["A"] });
  check(`type A { x integer }\n${both}`, "client", { split: [] });
  // An output may lack it too, so both forms are the same.
  check(`type A { x integer required=#false }\n${both}`, "client", { split: [] });
  check(`type A { x integer? required=#true }\n${both}`, "client", { split: [] });
});

test("a server's type is split where an output may hold a Date or bytes", () => {
  check(`type A { x integer? }\n${both}`, "server", { split: [] });
  check(`type A { x datetime }\n${both}`, "server", { split: ["A"] });
  check(`type A { x list<map<bytes>> }\n${both}`, "server", { split: ["A"] });
  check(`type A { x date }\n${both}`, "server", { split: [] });
});

test("a schema is split where what goes in differs before it is parsed, too", () => {
  check(`type A { x integer? }\n${both}`, "server", { split: [], twofold: ["A"] });
  check(`type A { x datetime }\n${both}`, "server", { split: ["A"], twofold: ["A"] });
  check(`type A { x datetime }\n${both}`, "client", { split: [], twofold: [] });
  check("type A { x integer? }\nfunction f a=A -> A { private }\n", "server", { twofold: ["A"] });
});

test("what reaches a split type is split, through lists, maps, unions and cycles", () => {
  const b = "type B { n integer?; a list<A> }\n";
  check(`type A { b list<B> }\n${b}${both}`, "client", { split: ["A", "B"] });
  check(`type A { b map<B>? required=#true }\n${b}${both}`, "client", { split: ["A", "B"] });
  check(`type A { b "string|B" }\n${b}${both}`, "client", { split: ["A", "B"] });
});

test("a type that is only taken, or only answered, stays one", () => {
  const a = "type A { x integer? }\n";
  check(`${a}function f a=A\n`, "client", { split: [], inputOnly: ["A"] });
  check(`${a}function f -> A\n`, "client", { split: [], inputOnly: [] });
  check(`${a}function f { input A }\n`, "client", { split: [], inputOnly: ["A"] });
  check(`${a}error E { a A }\nfunction f a=A { errors E }\n`, "client", { split: ["A"] });
});

test("a client does not see what only private functions use", () => {
  const text =
    "type A { b B }\ntype B { x integer }\ntype C { y integer }\ntype Unused { z Kind }\n" +
    "enum Kind a b\nenum Secret c d\n" +
    "function hidden s=Secret -> A { private }\nfunction shown -> C\n";
  check(text, "client", { printed: ["C", "Kind", "Unused"] });
  check(text, "server", { printed: ["A", "B", "C", "Kind", "Secret", "Unused"] });
  // What is printed though nothing uses it cannot do without what it names.
  const naming = text.replace("{ z Kind }", "{ z Kind; b B }");
  check(naming, "client", { printed: ["B", "C", "Kind", "Unused"] });
});
