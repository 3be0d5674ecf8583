import { problems } from "../spec/support/compile-text.js";

const unused = (name: string): string => `type ${name} a=integer\n`;

test("a comment silences its warning in the node below, and no other", () => {
  const codes = (text: string): readonly string[] => problems(text).map((one) => one.slice(0, 10));
  expect(codes(unused("T") + unused("U"))).toEqual(['MZ3061 "T"', 'MZ3061 "U"']);
  expect(codes(`// mizan-ignore MZ3061\n${unused("T")}${unused("U")}`)).toEqual(['MZ3061 "U"']);
  expect(codes(`// mizan-ignore MZ5004\n${unused("T")}`)).toEqual(['MZ3061 "T"']);
});

test("it reaches into the node, but silences no error", () => {
  const text = "context c { function g a=integer; cache }\n";
  expect(problems(text)).toHaveLength(1);
  expect(problems(`// mizan-ignore MZ5033\n${text}`)).toEqual([]);
  expect(problems("// mizan-ignore MZ3001\nfunction f -> Nothing\n")).toHaveLength(1);
});
