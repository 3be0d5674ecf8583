/** Random layouts and declarations, for holding our layout against prettier's. */
import fc from "fast-check";
import {
  aliasText,
  constantText,
  exportLine,
  importLine,
  interfaceText,
  namespaceImportLine,
} from "../../templates/layout/declarations.js";
import type { Expression } from "../../templates/layout/expressions.js";
import type { Layout } from "../../templates/layout/layout.js";
import { stubText } from "../../templates/layout/stub.js";
import { unionOf, type Member, type TypeNode } from "../../templates/layout/types.js";
import { docLines, toIdentifier, type Identifier } from "../../templates/text.js";

export const layouts: fc.Arbitrary<Layout> = fc.record({
  printWidth: fc.constantFrom(40, 60, 80, 100, 120),
  tabWidth: fc.constantFrom(2, 3, 4, 8),
  useTabs: fc.boolean(),
  semi: fc.boolean(),
  singleQuote: fc.boolean(),
  quoteProps: fc.constantFrom("as-needed", "consistent", "preserve"),
  trailingComma: fc.constantFrom("all", "es5", "none"),
  bracketSpacing: fc.boolean(),
  arrowParens: fc.constantFrom("always", "avoid"),
  endOfLine: fc.constant("lf"),
});

// ---- names and texts

const words = fc.constantFrom(
  "a",
  "id",
  "user",
  "rename",
  "place",
  "order",
  "notification",
  "größe",
  "顧客",
  "$",
  "Uncharacteristically",
);

const names: fc.Arbitrary<Identifier> = fc
  .array(words, { minLength: 1, maxLength: 5 })
  .map((parts) =>
    toIdentifier(
      parts
        .map((part, index) => (index === 0 ? part : part[0]?.toUpperCase() + part.slice(1)))
        .join(""),
    ),
  );

const keys: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: names },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "wire.name",
      "it's",
      'say "hi"',
      "__proto__",
      "1st",
      "",
      "ключ",
      "constructor",
    ),
  },
);

const texts: fc.Arbitrary<string> = fc.oneof(
  fc.array(words, { maxLength: 8 }).map((parts) => parts.join("_")),
  fc.array(words, { maxLength: 30 }).map((parts) => parts.join(" ")),
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom(
    '"',
    "'",
    "\"'",
    "''\"",
    "\\",
    "*/",
    "`${x}`",
    "\u2028",
    "\0",
    "👩‍👩‍👧",
    "🇩🇪",
    "©",
    "#️⃣",
    "é",
    "e\u0301",
  ),
);

const docs = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(texts, { maxLength: 3 }).map((lines) => docLines([lines.join("\n")])),
  },
);

// ---- types

const keywords = fc.constantFrom("boolean", "null", "number", "string", "undefined", "unknown");

const { type: types } = fc.letrec<{ type: TypeNode; member: Member }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(
      keywords.map((name): TypeNode => ({ kind: "keyword", name })),
      names.map((name): TypeNode => ({ kind: "reference", name, args: [] })),
    ),
    texts.map((value): TypeNode => ({ kind: "literal", value })),
    fc
      .tuple(names, fc.array(tie("type"), { minLength: 1, maxLength: 4 }))
      .map(([name, args]): TypeNode => ({ kind: "reference", name, args })),
    tie("type").map((item): TypeNode => ({ kind: "array", item })),
    fc.array(tie("type"), { minLength: 2, maxLength: 5 }).map(unionOf),
    fc
      .array(texts, { minLength: 2, maxLength: 12 })
      .map((values) => unionOf(values.map((value) => ({ kind: "literal", value })))),
    tie("type").map((value): TypeNode => ({ kind: "map", value })),
    fc
      .array(tie("member"), { maxLength: 4 })
      .map((members): TypeNode => ({ kind: "object", members })),
    tie("type").map((result): TypeNode => ({ kind: "function", result })),
  ),
  member: fc.record({
    name: keys,
    readonly: fc.boolean(),
    optional: fc.boolean(),
    type: tie("type"),
  }),
}));

// ---- expressions

/**
 * What views make of calls: `field("id", integer(), { omittable: true })`, and chains such as
 * `z.string().check(z.minLength(1))`, in which no object stands. (With objects in a long chain prettier has
 * no fixed point on the first pass.)
 */
const simpleExpressions: fc.Arbitrary<Expression> = fc.oneof(
  names.map((name): Expression => ({ kind: "identifier", name })),
  texts.map((value): Expression => ({ kind: "string", value })),
  fc.boolean().map((value): Expression => ({ kind: "boolean", value })),
  fc
    .oneof(fc.integer({ min: 0 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }))
    .map((value): Expression => ({ kind: "number", value })),
  fc.constant<Expression>({ kind: "null" }),
);

const { chain: chains } = fc.letrec<{ chain: Expression; arg: Expression }>((tie) => ({
  chain: fc
    .tuple(
      names,
      fc.array(fc.tuple(names, fc.array(tie("arg"), { maxLength: 3 })), {
        minLength: 1,
        maxLength: 4,
      }),
    )
    .map(([head, links]) =>
      links.reduce<Expression>(
        (target, [property, args]) => callOf({ kind: "member", object: target, property }, args),
        { kind: "identifier", name: head },
      ),
    ),
  arg: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    simpleExpressions,
    fc.array(simpleExpressions, { maxLength: 4 }).map(arrayOf),
    tie("chain"),
  ),
}));

const { expression: expressions } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    simpleExpressions,
    fc
      .uniqueArray(fc.record({ name: keys, value: tie("expression") }), {
        maxLength: 4,
        selector: ({ name }) => name,
      })
      .map((properties): Expression => ({
        kind: "object",
        properties: properties.map((each) => ({ ...each, shorthand: false })),
      })),
    fc.array(tie("expression"), { maxLength: 4 }).map(arrayOf),
    fc
      .tuple(names, fc.array(tie("expression"), { maxLength: 4 }))
      .map(([name, args]) => callOf({ kind: "identifier", name }, args)),
    chains,
  ),
}));

/** Generated code has no list of numbers alone, which prettier would fill line by line. */
function arrayOf(elements: readonly Expression[]): Expression {
  return {
    kind: "array",
    elements: elements.every(({ kind }) => kind === "number") ? [] : elements,
  };
}

function callOf(callee: Expression, args: readonly Expression[]): Expression & { kind: "call" } {
  return { kind: "call", callee, args, typeArgument: null, pure: false };
}

const values: fc.Arbitrary<Expression> = fc.oneof(
  expressions,
  fc.tuple(names, fc.array(expressions, { maxLength: 3 })).map(([name, args]): Expression => ({
    ...callOf({ kind: "identifier", name }, args),
    pure: true,
  })),
  // define<Profile>(() => z.object({ … }))
  fc
    .tuple(names, names, names, fc.array(expressions, { maxLength: 2 }), types)
    .map(([define, z, name, args, typeArgument]): Expression => ({
      ...callOf({ kind: "identifier", name: define }, [
        {
          kind: "arrow",
          param: null,
          body: callOf(
            { kind: "member", object: { kind: "identifier", name: z }, property: name },
            args,
          ),
        },
      ]),
      typeArgument,
      pure: true,
    })),
  fc
    .tuple(fc.option(names, { nil: null }), names, fc.array(expressions, { maxLength: 3 }))
    .map(([param, name, args]): Expression => ({
      kind: "arrow",
      param,
      body: callOf({ kind: "identifier", name }, args),
    })),
);

// ---- declarations

type Printed = (layout: Layout) => string;

export const declarations: fc.Arbitrary<Printed> = fc.oneof(
  fc
    .tuple(
      fc.uniqueArray(fc.record({ name: names, as: names, type: fc.boolean() }), {
        minLength: 1,
        maxLength: 8,
        selector: ({ as }) => as,
      }),
      texts,
    )
    .map(
      ([specifiers, from]): Printed =>
        (layout) =>
          importLine(specifiers, from, layout),
    ),
  fc.tuple(names, texts).map(
    ([name, from]): Printed =>
      (layout) =>
        namespaceImportLine(name, from, layout),
  ),
  texts.map(
    (from): Printed =>
      (layout) =>
        exportLine("*", from, layout),
  ),
  fc.uniqueArray(names, { minLength: 1, maxLength: 6 }).map(
    (list): Printed =>
      (layout) =>
        exportLine(list, null, layout),
  ),
  fc
    .tuple(
      names,
      fc.uniqueArray(
        fc.record({
          name: keys,
          readonly: fc.boolean(),
          optional: fc.boolean(),
          type: types,
          doc: docs,
        }),
        { maxLength: 5, selector: ({ name }) => name },
      ),
    )
    .map(
      ([name, members]): Printed =>
        (layout) =>
          interfaceText(name, members, layout),
    ),
  fc.tuple(names, types).map(
    ([name, type]): Printed =>
      (layout) =>
        aliasText(name, type, layout),
  ),
  fc
    .record({
      name: names,
      type: fc.option(types, { nil: null }),
      value: values,
      exported: fc.boolean(),
    })
    .map(
      (constant): Printed =>
        (layout) =>
          constantText(constant, layout),
    ),
  fc
    .record({
      name: names,
      type: names.map((name): TypeNode => ({ kind: "reference", name, args: [] })),
      input: fc.oneof(
        fc.constantFrom({ kind: "whole" } as const, { kind: "none" } as const),
        fc
          .uniqueArray(names, { minLength: 1, maxLength: 8 })
          .map((list) => ({ kind: "fields", names: list }) as const),
      ),
    })
    .map(
      (stub): Printed =>
        (layout) =>
          stubText(stub, layout),
    ),
);
