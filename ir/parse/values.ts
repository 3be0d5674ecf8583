/** Values that stand for what was meant where the text of one was at fault. */
import type * as syntax from "../model/syntax.js";
import type { Span } from "../source/source.js";
import { keywordValue } from "./keywords.js";

export function toText(text: string, span: Span, written: "bare" | "quoted"): syntax.Value {
  return { value: { kind: "string", text }, span, written };
}

export function toKeyword(word: string, span: Span): syntax.Value {
  return { value: keywordValue(word), span, written: "keyword" };
}
