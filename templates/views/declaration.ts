/** What most generated modules are: declarations with their documentation, in a scope of names. */
import { documented, type Code, type DocLine } from "../text.js";
import type { Scope } from "./scope.js";

export type DeclarationView = {
  readonly doc: readonly DocLine[];
  readonly text: Code;
};

export type DeclarationsView = {
  readonly scope: Scope;
  readonly declarations: readonly Code[];
};

/** Declarations under their documentation. */
export function toTexts(declarations: readonly DeclarationView[]): readonly Code[] {
  return declarations.map(({ doc, text }) => documented(doc, text));
}
