/** What most generated modules are: declarations with their documentation, in a scope of names. */
import type { Code, DocLine } from "../text.js";
import type { Scope } from "./scope.js";

export type DeclarationView = {
  readonly doc: readonly DocLine[];
  readonly text: Code;
};

export type DeclarationsView = {
  readonly scope: Scope;
  readonly declarations: readonly DeclarationView[];
};
