/**
 * Compiling with the memory of earlier runs gives what compiling anew gives, whatever was edited in between:
 * the same contract, the same diagnostics at the same places, the same text on the wire. And it keeps the
 * promise of `ir/compile.ts`: a node is the same object as in the run before exactly when it is equal.
 */
import { compileForUse, createMemory, type Conduct } from "../../../ir/compile.js";
import type { Canonical } from "../../../ir/model/canonical.js";
import { parse } from "../../../ir/parse/parse.js";
import { printWireShape, type WireMemory } from "../../../ir/print/wire-shape.js";
import type { SourceFile } from "../../../ir/source/source.js";
import { createChance, type Chance } from "../../support/random.js";
import { randomContract, renderContract } from "../../support/random-contract.js";

const seeds = Array.from({ length: 12 }, (_, seed) => seed);
const edits = 16;

test.each(seeds)("contract %i compiles by and by as it does at once", (seed) => {
  const chance = createChance(seed);
  const compiler = createIncremental();
  let texts = renderContract(randomContract(seed), seed).map(({ text }) => text);
  let last: Canonical | null = null;
  for (let step = 0; step < edits; step++) {
    const files = texts.map((text, id) => ({ id, path: `${id}.kdl`, text }));
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

/** A caller as `--watch` is one: what it remembers is its own. */
function createIncremental(): {
  run(files: readonly SourceFile[]): ReturnType<typeof compileForUse> & { readonly wire: string };
} {
  const memory = createMemory();
  const wire: WireMemory = new WeakMap();
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
    switch (chance.int(6)) {
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
      default:
        return exchangeWord(text, texts.join("\n"), chance);
    }
  });
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
  const names = texts.flatMap((text) => [...text.matchAll(declared)].map(([, , name = ""]) => name));
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
