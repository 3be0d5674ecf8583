/** Our layout is prettier's: what we print, prettier leaves as it is. */
import fc from "fast-check";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import { format } from "prettier/standalone";
import { layoutFromPrettierOptions } from "../../templates/layout/layout.js";
import { textWidth } from "../../templates/layout/width.js";
import { declarations, layouts } from "./random-declarations.js";

/** Exported, but missing in its types. */
const { getStringWidth }: { readonly getStringWidth: (text: string) => number } =
  jest.requireActual("prettier/standalone").util;

/** Options of prettier's that we say have no effect on what we print. */
const withoutEffect = fc.record({
  objectWrap: fc.constantFrom("preserve", "collapse"),
  experimentalTernaries: fc.boolean(),
  jsxSingleQuote: fc.boolean(),
  bracketSameLine: fc.boolean(),
});

test("any declaration, in any layout, is a fixed point of prettier", async () => {
  await fc.assert(
    fc.asyncProperty(layouts, withoutEffect, declarations, async (layout, others, print) => {
      const options = { ...layout, ...others };
      expect(layoutFromPrettierOptions(options)).toEqual(layout);
      const ours = `${print(layout)}\n`;
      const plugins = [estree, typescript];
      expect(ours).toBe(await format(ours, { ...options, parser: "typescript", plugins }));
    }),
    {
      numRuns: Number(process.env["MIZAN_RUNS"] ?? 800),
      seed: Number(process.env["MIZAN_SEED"] ?? 20240817),
    },
  );
});

test("every character is as wide as prettier has it", () => {
  const wrong: string[] = [];
  for (let code = 0x20; code < 0x110000; code++) {
    const isAlone = code >= 0xd800 && code < 0xe000;
    // An escape in every literal, so its width alone never counts.
    if (isAlone || code === 0x7f) continue;
    const character = String.fromCodePoint(code);
    if (textWidth(character) !== getStringWidth(character)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test.each([
  "©️",
  "#️⃣",
  "👩‍👩‍👧",
  "🇩🇪",
  "🇩",
  "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
  "❤️‍🔥",
  "☝🏽",
  "㊗️",
  "e\u0301",
  "a\u200db",
  "12#",
  "x顧客y",
])("%s is as wide as prettier has it", (text) => {
  expect(textWidth(text)).toBe(getStringWidth(text));
});
