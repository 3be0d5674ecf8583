/** What comments above a node say: its documentation, and warnings to be silent about. */
import type * as syntax from "../model/syntax.js";
import { endOf, type Token } from "./kdljs.js";
import { spanOf, type Reading } from "./reading.js";
import { unmask } from "./text.js";

/** `///` but not `////`. */
const docMarker = /^\/\/\/(?!\/) ?/;
const ignoreMarker = /^\/\/\s*mizan-ignore\b/;

/** The documentation in the comments above a node: its `///` lines without markers. */
export function docOf(reading: Reading, comments: readonly Token[]): syntax.Node["doc"] {
  if (comments.length === 0) return null;
  const lines = comments.filter(({ image }) => docMarker.test(image));
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return null;
  const text = lines.map(({ image }) => unmask(reading, image.replace(docMarker, ""))).join("\n");
  return { text, span: spanOf(reading, first.startOffset, endOf(last)) };
}

/** The codes in `// mizan-ignore MZ5004 MZ5005` above a node. */
export function ignoredIn(comments: readonly Token[]): readonly string[] {
  return comments
    .filter(({ image }) => ignoreMarker.test(image))
    .flatMap(({ image }) => image.match(/\bMZ\d{4}\b/g) ?? []);
}
