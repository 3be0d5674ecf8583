/**
 * What holds for every contract, tried on random ones: the canonical form, plain and full, reads back to
 * itself; the order of files, nodes and options does not matter; the plain form is the full one without its
 * extensions; nothing throws, however a text is broken.
 */
import { compile, compileForUse } from "../../../ir/compile.js";
import { printCanonical } from "../../../ir/print/canonical.js";
import { printWireShape } from "../../../ir/print/wire-shape.js";
import { canon, sound, toFiles } from "../../support/compile-text.js";
import { createChance, type Chance } from "../../support/random.js";
import { randomContract, renderContract } from "../../support/random-contract.js";

const seeds = Array.from({ length: 20 }, (_, seed) => seed);

function textsOf(seed: number, order: number): readonly string[] {
  return renderContract(randomContract(seed), order).map(({ text }) => text);
}

test.each(seeds)("contract %i is canonical whatever its order", (seed) => {
  const plain = canon(textsOf(seed, 0));
  const full = canon(textsOf(seed, 0), true);
  for (const order of [1, 2]) {
    expect(canon(textsOf(seed, order), true)).toBe(full);
    expect(canon(textsOf(seed, order))).toBe(plain);
  }
});

test.each(seeds)("contract %i reads back from both forms", (seed) => {
  const plain = canon(textsOf(seed, 0));
  const full = canon(textsOf(seed, 0), true);
  expect(canon([plain])).toBe(plain);
  expect(canon([full])).toBe(plain);
  expect(canon([full], true)).toBe(full);
  expect(printWireShape(compile(toFiles(full)).value)).toBe(
    printWireShape(compile(toFiles(...textsOf(seed, 1))).value),
  );
});

test.each(seeds)("the full form of contract %i loses nothing", (seed) => {
  const texts = textsOf(seed, 3);
  expect(meaning(canon([canon(texts, true)], true))).toEqual(meaning(...texts));
});

/** A contract without its places. */
function meaning(...texts: readonly string[]): unknown {
  const places: ReadonlySet<string> = new Set(["place", "span", "typeSpan", "outputSpan"]);
  const text = JSON.stringify(sound(...texts), (key, value: unknown) =>
    places.has(key) ? undefined : Object.is(value, -0) ? "-0" : value,
  );
  return JSON.parse(text);
}

test.each(seeds)("contract %i can be generated from when it keeps to what is supported", (seed) => {
  const files = renderContract(randomContract(seed, { supported: true }), seed);
  const { diagnostics } = compileForUse(files);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
});

test.each(seeds)("the plain form of contract %i is its full form without extensions", (seed) => {
  const texts = renderContract(randomContract(seed, { family: true }), seed).map(({ text }) => text);
  expect(withoutExtensions(canon(texts, true))).toBe(canon(texts));
});

test("short form and canonical form mix in one contract", () => {
  for (const seed of seeds.slice(0, 5)) {
    const other = renderContract(randomContract(seed + 1000, { prefix: "z_" }), 1).map(({ text }) => text);
    const mixed = canon([...textsOf(seed, 1), canon(other, true)], true);
    expect(canon([canon(textsOf(seed, 2), true), ...other], true)).toBe(mixed);
  }
});

/** Takes out, line by line, all that spec/language.md calls an extension. */
function withoutExtensions(full: string): string {
  const kept: string[] = [];
  let skippedDepth: number | null = null;
  for (const line of full.split("\n")) {
    const depth = line.search(/\S|$/) / 4;
    if (skippedDepth !== null) {
      if (depth === skippedDepth && line.trim() === "}") skippedDepth = null;
      continue;
    }
    const node = line.trim().split(" ")[0] ?? "";
    if ((depth === 0 ? sections : depth === 1 || node === "doc" ? children : new Set()).has(node)) {
      if (line.endsWith("{")) skippedDepth = depth;
      continue;
    }
    kept.push(line.replace(properties, ""));
  }
  return `${kept.join("\n").trimEnd()}\n`;
}

const sections: ReadonlySet<unknown> = new Set(["unlisted", "enum", "error", "view"]);
const children: ReadonlySet<unknown> = new Set(
  "output-nothing private auth cache rev errors effects deprecated doc live".split(" "),
);
const string = String.raw`"(?:[^"\\]|\\.)*"`;
const properties = new RegExp(
  String.raw` (?:default=#null|(?:name|format|deprecated|pattern|multiple-of|(?:min|max)(?:-length|-items)?)=(?:${string}|[#\w.+-]+))`,
  "g",
);

const pieces =
  '{ } " \\ ; = < > list< ? | -> type function context merge affects __proto__ ( ) /- // /* #true #null 5 \u2028 ' +
  'field struct alias enum ref optional camel output all * by=id value=input.x op=remove doc auth param "x" """';

/** A text with some of its parts taken out, put in or swapped. */
function broken(text: string, chance: Chance): string {
  let result = text;
  for (let count = 1 + chance.int(6); count > 0; count--) {
    const at = chance.int(result.length);
    const roll = chance.int(3);
    if (roll === 0) {
      result = `${result.slice(0, at)} ${chance.pick(pieces.split(" "))} ${result.slice(at)}`;
    } else if (roll === 1) {
      result = result.slice(0, at) + result.slice(at + 1 + chance.int(30));
    } else {
      const words = result.split(/(\s+)/);
      result = chance.shuffle([words.slice(0, 4), words.slice(4, 40), words.slice(40)]).flat().join("");
    }
  }
  return result;
}

test("broken contracts are reported, never thrown, with places inside the file", () => {
  for (let seed = 0; seed < 120; seed++) {
    const chance = createChance(seed);
    const source = textsOf(seed % 20, seed).join("\n");
    const text = broken(chance.one(3) ? printCanonical(compile(toFiles(source)).value, { full: true }) : source, chance);
    const { value, diagnostics } = compileForUse(toFiles(text));
    printCanonical(value, { full: true });
    printWireShape(value);
    for (const { primary, related } of diagnostics) {
      for (const { span } of [...(primary === null ? [] : [primary]), ...related]) {
        expect(span.start).toBeGreaterThanOrEqual(0);
        expect(span.end).toBeGreaterThanOrEqual(span.start);
        expect(text.length).toBeGreaterThanOrEqual(span.end);
      }
    }
    if (diagnostics.some(({ severity }) => severity === "error")) continue;
    const full = printCanonical(value, { full: true });
    expect(canon([full], true)).toBe(full);
  }
});
