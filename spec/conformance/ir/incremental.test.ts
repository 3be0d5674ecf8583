/**
 * Compiling with the memory of earlier runs gives what compiling anew gives, whatever was edited in between:
 * the same contract, the same diagnostics at the same places, the same text on the wire. And it keeps the
 * promise of `ir/compile.ts`: a node is the same object as in the run before exactly when it is equal.
 */
import { compileForUse, createMemory, type Conduct } from "../../../ir/compile.js";
import type { Canonical } from "../../../ir/model/canonical.js";
import { parse } from "../../../ir/parse/parse.js";
import { createWireMemory, printWireShape } from "../../../ir/print/wire-shape.js";
import type { SourceFile } from "../../../ir/source/source.js";
import { createChance, type Chance } from "../../support/random.js";
import { randomContract, renderContract } from "../../support/random-contract.js";

const seeds = Array.from({ length: 10 }, (_, seed) => seed);
const edits = 14;

test.each(seeds)("contract %i compiles by and by as it does at once", (seed) => {
  const chance = createChance(seed);
  const compiler = createIncremental();
  let texts = renderContract(randomContract(seed), seed).map(({ text }) => text);
  let last: Canonical | null = null;
  for (let step = 0; step < edits; step++) {
    const damaged = chance.one(8) ? chance.int(texts.length) : -1;
    const files = texts.map((text, id) => {
      const file = { id, path: `${id}.kdl`, text };
      return id === damaged ? { ...file, damaged: true as const } : file;
    });
    const known = compiler.run(files);
    const fresh = compileForUse(files);
    expect(known.diagnostics).toEqual(fresh.diagnostics);
    expect(known.value).toEqual(fresh.value);
    expect(known.wire).toBe(printWireShape(fresh.value));
    if (last !== null) expectKeptNodes(known.value, last);
    last = known.value;
    texts = chance.one(4) ? revert(texts, seed, chance) : edit(texts, chance);
  }
});

/** What is said about the first text depends on a name that the second one declares. */
test.each([
  [
    "context c { function g -> Foo }\nfunction m x=integer { affects c nope=input.x }",
    "type Foo a=integer",
  ],
  ["context c { function g -> Foo }\nfunction m -> string { merge c }", "type Foo a=integer"],
  [
    "context c { function g id=integer }\nfunction m { input Lost; affects c id=input.id }",
    "type Lost",
  ],
  ["function m { affects function g }\nfunction g -> string", "context k { function g }"],
])("%s", (text, declaration) => {
  const compiler = createIncremental();
  let said = 0;
  for (const texts of [[text], [text, declaration], [text], [text, declaration]]) {
    const files = texts.map((each, id) => ({ id, path: `${id}.kdl`, text: each }));
    const fresh = compileForUse(files);
    expect(compiler.run(files).diagnostics).toEqual(fresh.diagnostics);
    said += fresh.diagnostics.length;
  }
  expect(said).toBeGreaterThan(0);
});

/** A caller as `--watch` is one: what it remembers is its own. */
function createIncremental(): {
  run(files: readonly SourceFile[]): ReturnType<typeof compileForUse> & { readonly wire: string };
} {
  const memory = createMemory();
  const wire = createWireMemory();
  const parsed = new Map<number, { text: string; outcome: ReturnType<typeof parse> }>();
  const conduct: Conduct = {
    memory,
    time: (_, action) => action(),
    parse(file) {
      const before = parsed.get(file.id);
      if (before?.text === file.text) return before.outcome;
      const outcome = parse(file);
      parsed.set(file.id, { text: file.text, outcome });
      return outcome;
    },
  };
  return {
    run(files) {
      const outcome = compileForUse(files, conduct);
      return { ...outcome, wire: printWireShape(outcome.value, wire) };
    },
  };
}

/** One edit: a line that goes, comes twice, moves, a word that becomes another one, two names exchanged. */
function edit(texts: readonly string[], chance: Chance): string[] {
  if (chance.one(3)) return exchangeNames(texts, chance);
  const at = chance.int(texts.length);
  return texts.map((text, index) => {
    if (index !== at) return text;
    const lines = text.split("\n");
    const line = chance.int(lines.length);
    switch (chance.int(10)) {
      case 0:
        return lines.toSpliced(line, 1).join("\n");
      case 1:
        return lines.toSpliced(line, 0, lines[chance.int(lines.length)] ?? "").join("\n");
      case 2:
        return `${text}\ntype Added${chance.int(3)} {\n    size integer\n}\n`;
      case 3:
        return withInput(text, chance);
      case 4:
        return `// moves everything below\n${text}`;
      case 5:
        return withOtherType(text, chance);
      case 6:
        return `${text}\n${chance.pick(meetingNames)}\n`;
      case 7:
        return text.replace(/ (affects|merge) \w+|\bprivate\b/, chance.pick(["", " private"]));
      case 8:
        return `${text}\n${chance.pick(newEffects)}\n`;
      default:
        return exchangeWord(text, texts.join("\n"), chance);
    }
  });
}

/** Names that meet each other, or those of other runs, in generated code. */
const meetingNames = [
  "function added_in -> boolean",
  "type Added { a integer? }\ntype AddedIn a=integer\nfunction added x=Added y=AddedIn -> Added",
  "function call.it -> boolean\nfunction call_it -> boolean",
  "type UseAdded a=integer\nfunction added -> UseAdded",
  "function contract -> boolean\ntype MizanContext a=integer",
  "function nul -> boolean\nenum Added in out",
  "error Added\nerror AddedError",
];

/** Effects on a context that comes and goes, of functions that answer what others may change. */
const newEffects = [
  "context added { function added_one id=integer -> AddedThing; function added_all -> list<AddedThing> }",
  "type AddedThing { id integer; name string }",
  "type AddedThing { id integer; at datetime?; state AddedState default=on }",
  "enum AddedState on off",
  "function change_added id=integer -> AddedThing { merge added slot=added_one; errors AddedGone }",
  "function add_to id=integer -> AddedThing { merge added by=id; affects function added_all }",
  "function drop_added id=integer { merge added op=remove by=id value=input.id; affects * }",
  "error AddedGone status=410",
  "context added { cache ttl=60; auth is_added; function added_one }",
];

/** A field of the file is of another type. */
function withOtherType(text: string, chance: Chance): string {
  const types = [...text.matchAll(/\b(?:integer|string|boolean|[A-Z]\w+)\b/g)];
  if (types.length === 0) return text;
  const { index, 0: type } = chance.pick(types);
  return text.slice(0, index) + chance.pick(types)[0] + text.slice(index + type.length);
}

/** A function of the file takes one thing more. */
function withInput(text: string, chance: Chance): string {
  const functions = [...text.matchAll(/^\s*function [\w.]+(?= .*[{=>])/gm)];
  if (functions.length === 0) return text;
  const { index, 0: head } = chance.pick(functions);
  const end = index + head.length;
  return `${text.slice(0, end)} added_${chance.int(9)}=integer${text.slice(end)}`;
}

/** A word of a file becomes one that stands somewhere in the contract. */
function exchangeWord(text: string, all: string, chance: Chance): string {
  const words = [...text.matchAll(/\w+/g)];
  const others = all.match(/\w+/g) ?? [];
  if (words.length === 0 || others.length === 0) return text;
  const word = chance.pick(words);
  return `${text.slice(0, word.index)}${chance.pick(others)}${text.slice(word.index + word[0].length)}`;
}

/** Two declarations take each other's names: what refers to them, in files that stay as they are, means another. */
function exchangeNames(texts: readonly string[], chance: Chance): string[] {
  const declared = /^(type|enum) (\w+)/gm;
  const names = texts.flatMap((text) =>
    [...text.matchAll(declared)].map(([, , name = ""]) => name),
  );
  const [one, other] = chance.shuffle(names);
  return texts.map((text) =>
    text.replace(declared, (whole, node: string, name: string) =>
      name === one ? `${node} ${other ?? name}` : name === other ? `${node} ${one ?? name}` : whole,
    ),
  );
}

/** Sound again, in one file or in all, as after an undo. */
function revert(texts: readonly string[], seed: number, chance: Chance): string[] {
  const original = renderContract(randomContract(seed), seed).map(({ text }) => text);
  if (chance.one(2)) return original;
  const at = chance.int(texts.length);
  return texts.map((text, index) => (index === at ? (original[index] ?? text) : text));
}

function expectKeptNodes(now: Canonical, before: Canonical): void {
  const lists = (value: Canonical): readonly (readonly { readonly name: string }[])[] => [
    value.types,
    value.enums,
    value.errors,
    value.functions,
    value.contexts,
    value.views,
    value.channels,
  ];
  const older = lists(before);
  for (const [index, nodes] of lists(now).entries()) {
    const known = new Map(older[index]?.map((node) => [node.name, JSON.stringify(node)]));
    const objects = new Set<unknown>(older[index]);
    for (const node of nodes) {
      expect(objects.has(node)).toBe(known.get(node.name) === JSON.stringify(node));
    }
  }
}
