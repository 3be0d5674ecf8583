/**
 * Contracts that are broken at random: whatever they have become, they are answered with diagnostics whose
 * places lie in the files, and every form of report can show them.
 */
import { renderReport, reportFormats } from "../../cli/report/report.js";
import { ansiStyle } from "../../cli/report/style.js";
import { compileForUse } from "../../ir/compile.js";
import { catalogue } from "../../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import type { SourceFile } from "../../ir/source/source.js";
import { randomContract, renderContract } from "../support/random-contract.js";
import { createChance, type Chance } from "../support/random.js";

/** What is put where it does not belong: words of the language, signs of KDL, text that hurts. */
const strangers = (
  "type enum error context function view channel form input affects merge auth cache errors rev private " +
  'transport default= min= user_id=integer -> list< > ? | * { } ; " #" /- // /* ( ) [ ] = , : \\ #true true ' +
  "null 1x -1 9007199254740993 0.1 __proto__ constructor A a global Profile? list<A|B>? \u0000 \u202e \ud800 😀"
).split(" ");

/** One change: a token taken out, doubled, exchanged with another, or a stranger put before it. */
function mutate(text: string, chance: Chance): string {
  const tokens = text.split(/(\s+|[{}=;"])/);
  const at = chance.int(tokens.length);
  const token = tokens[at] ?? "";
  const other = chance.int(tokens.length);
  switch (chance.int(5)) {
    case 0:
      tokens.splice(at, 1);
      break;
    case 1:
      tokens.splice(at, 0, token);
      break;
    case 2:
      tokens.splice(at, 1, tokens[other] ?? "");
      break;
    case 3:
      tokens.splice(at, 0, ` ${chance.pick(strangers)} `);
      break;
    default:
      tokens.splice(at, 1, token.slice(0, chance.int(token.length + 1)));
  }
  return tokens.join("");
}

function broken(seed: number): readonly SourceFile[] {
  const chance = createChance(seed);
  const files = renderContract(randomContract(seed), seed);
  return files.map((file) => {
    let { text } = file;
    for (let left = chance.int(6); left > 0; left -= 1) text = mutate(text, chance);
    return { ...file, text };
  });
}

/** What is wrong with a diagnostic itself. */
function faults(
  { code, message, primary, related, help }: Diagnostic,
  files: readonly SourceFile[],
): readonly string[] {
  const entry = Object.entries(catalogue).find(([known]) => known === code)?.[1];
  const holes = entry?.message.match(/\{\w+\}/g) ?? [];
  const texts = [message, ...(help === null ? [] : [help])];
  const outside = [...(primary === null ? [] : [primary]), ...related].filter(({ span }) => {
    const file = files.find((candidate) => candidate.id === span.file);
    return (
      file === undefined || span.start < 0 || span.end < span.start || span.end > file.text.length
    );
  });
  return [
    ...holes.filter((hole) => message.includes(hole)),
    ...texts.filter((text) => /undefined|\[object|NaN/.test(text)),
    ...texts.filter((text) => text.trim() === ""),
    ...outside.map(({ span }) => `${span.start}–${span.end} is outside of its file`),
  ];
}

test.each(Array.from({ length: 6 }, (_, index) => index))("broken contracts, part %i", (part) => {
  for (let seed = part * 20; seed < part * 20 + 20; seed += 1) {
    const files = broken(seed);
    const { diagnostics } = compileForUse(files);
    const wrong = diagnostics.flatMap((diagnostic) => faults(diagnostic, files));
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    const places = diagnostics.map(({ code, primary, message }) =>
      JSON.stringify([code, primary?.span, message]),
    );
    expect({ seed, distinct: new Set(places).size }).toEqual({ seed, distinct: places.length });
    for (const format of reportFormats) {
      const text = renderReport(format, diagnostics, files, {
        style: ansiStyle,
        width: 80,
        version: "0",
      });
      if (format === "json" || format === "sarif") JSON.parse(text);
    }
  }
});

test("contracts that nobody broke have no errors", () => {
  for (let seed = 0; seed < 25; seed += 1) {
    const files = renderContract(randomContract(seed, { supported: true }), seed);
    const errors = compileForUse(files).diagnostics.filter(({ severity }) => severity === "error");
    expect({ seed, errors }).toEqual({ seed, errors: [] });
  }
});
