/**
 * A contract file as KDL sees it, with the place of everything. `parse` makes it; nothing here knows what
 * a node means.
 */
import type { Span } from "../source/source.js";

export type Document = {
  readonly file: number;
  readonly nodes: readonly Node[];
  /**
   * False when some of the file could not be read as nodes. What seems undeclared may then be declared in
   * the part that is missing, so nothing should be reported as unknown.
   */
  readonly whole: boolean;
};

export type Node = {
  readonly name: Text;
  /** Whether the name stands in quotes, so that no sign in it can be a slip. */
  readonly quoted: boolean;
  /** Arguments in written order. */
  readonly args: readonly Value[];
  /** Properties in written order, each name once: `parse` reports repetitions and keeps the first. */
  readonly props: readonly Property[];
  /** Null when the node has no block; an empty block is an empty list. */
  readonly children: readonly Node[] | null;
  /** The `///` lines directly above, joined by LF, each without its marker and one leading space. */
  readonly doc: { readonly text: string; readonly span: Span } | null;
  /** Codes silenced by `// mizan-ignore MZ5004` above the node. */
  readonly ignored: readonly string[];
  /** From the name to the end of the last entry or closing brace. */
  readonly span: Span;
  /**
   * True when an argument, a property or a direct child was left out because it could not be read, which
   * is reported already. What seems missing in the node should then not be reported again.
   */
  readonly faulty: boolean;
};

export type Text = { readonly text: string; readonly span: Span };

export type Property = { readonly name: Text; readonly value: Value; readonly span: Span };

export type Value = {
  readonly value: Scalar;
  readonly span: Span;
  /** How it was written: decides whether `true` was meant as a keyword and whether a number is integral. */
  readonly written: "bare" | "quoted" | "raw" | "keyword" | "number";
};

export type Scalar =
  | { readonly kind: "string"; readonly text: string }
  /** `image` is the token as written, so that nothing is lost beyond 2^53. */
  | {
      readonly kind: "number";
      readonly value: number;
      readonly image: string;
      readonly integral: boolean;
    }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" };
