/**
 * A help that says "write …" is true: where a reader follows it word for word, the diagnostic is gone and no
 * error comes in its place. Tried with the help of every fixture and of every example that fails on a page.
 */
import { compileForUse } from "../../ir/compile.js";
import type { Diagnostic } from "../../ir/diagnostics/diagnostic.js";
import { following, shownBy } from "../support/follow-help.js";
import { readFixtures, readPages } from "../support/diagnostic-pages.js";

const contracts: readonly (readonly [string, string])[] = [
  ...readFixtures().map(({ name, files, decoding }) => [name, files, decoding.length] as const),
  ...readPages().map(({ code, failing }) => [code, failing, 0] as const),
].flatMap(([name, files, damaged]) => {
  const [only, ...others] = files;
  const isContract = only !== undefined && only.path !== "mizan.config.kdl";
  return isContract && others.length === 0 && damaged === 0 ? [[name, only.text] as const] : [];
});

const diagnose = (text: string): readonly Diagnostic[] =>
  compileForUse([{ id: 0, path: "contract.kdl", text }]).diagnostics;

const fact = ({ code, message }: Diagnostic): string => `${code} ${message}`;

/** The helps of a contract which no reader could follow. */
function misleading(text: string): readonly string[] {
  const found = diagnose(text);
  const known = new Set(found.map(fact));
  return found
    .filter((one) => shownBy(one) !== null)
    .filter((one) => {
      const expected = found.filter((other) => fact(other) === fact(one)).length - 1;
      return !following(text, one).some((corrected) => {
        const left = diagnose(corrected);
        const isGone = left.filter((other) => fact(other) === fact(one)).length <= expected;
        return isGone && left.every((other) => known.has(fact(other)) || other.severity !== "error");
      });
    })
    .map((one) => `${fact(one)}: ${one.help}`);
}

test.each(contracts)("%s: what its helps show can be written", (_, text) => {
  expect(misleading(text)).toEqual([]);
});

test("enough of the helps show what to write", () => {
  const shown = contracts.flatMap(([, text]) => diagnose(text).filter((one) => shownBy(one)));
  expect(shown.length).toBeGreaterThan(35);
});
