/**
 * The first stage: text to nodes, arguments and properties, with the place of everything.
 *
 * It knows KDL and nothing of contracts: what a node means, and mistakes that are sound KDL, are for
 * `lower`. It never throws for a text, however broken, and never drops something without saying so.
 *
 * Invariants: every span lies in the file, and that of a child in that of its node; what is read is
 * built from tokens and places alone, so that no name (`__proto__`) and no digit of a number is lost;
 * one mistake gives one diagnostic, since what is repaired counts as written right.
 *
 * Words: *entry*, an argument or a property; *word*, a run of text without spaces or quotes; *slashdash*,
 * KDL's `/-`, which leaves out the node, entry or block behind it.
 */
import type { Outcome } from "../diagnostics/diagnostic.js";
import type * as syntax from "../model/syntax.js";
import type { SourceFile } from "../source/source.js";
import { TokenCursor } from "./cursor.js";
import { Faults } from "./faults.js";
import { tokenize } from "./kdljs.js";
import { readDocument } from "./nodes.js";
import { fault, spanOf, type Reading } from "./reading.js";
import { surveyTokens } from "./survey.js";
import { prepareText } from "./text.js";

/** Reads one file. The document holds what could be read, the diagnostics say what could not. */
export function parse(file: SourceFile): Outcome<syntax.Document> {
  const faults = new Faults();
  const prepared = prepareText(file, faults);
  if (prepared === null) {
    const nothing = { file: file.id, nodes: [], whole: false };
    return { value: nothing, diagnostics: faults.diagnostics };
  }
  const tokens = tokenize(prepared.text);
  const survey = surveyTokens(tokens);
  const reading: Reading = { ...prepared, file: file.id, cursor: new TokenCursor(tokens), faults };
  const value = readDocument(reading, survey);
  if (survey.openComment !== null) {
    const { startOffset: start } = survey.openComment;
    fault(reading, "MZ1016", {}, spanOf(reading, start, start + 2), {
      label: "opened here",
      help: "close it with `*/`; comments nest, so each `/*` in it needs its own",
    });
  }
  return { value, diagnostics: faults.diagnostics };
}
