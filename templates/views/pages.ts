/** What a client has for a list that is read page by page: beside its context, and among the hooks. */
import { constantText } from "../layout/declarations.js";
import {
  call,
  identifier,
  object,
  property,
  pure,
  string,
  type Expression,
} from "../layout/expressions.js";
import { reference, type TypeNode } from "../layout/types.js";
import { docLines, toIdentifier } from "../text.js";
import type { DeclarationView } from "./declaration.js";
import type { NamedContext, NamedFunction, World } from "./names.js";
import type { Scope } from "./scope.js";
import { deprecation, pageTypes } from "./shapes.js";

/** The list that a function answers page by page, and what follows it; nothing for any other function. */
export function pageConstants(
  { fn, names: own }: NamedFunction,
  { names }: NamedContext,
  world: World,
  scope: Scope,
): readonly DeclarationView[] {
  const { paginate } = fn;
  const types = pageTypes(fn, { world, scope, side: "client", use: "out" });
  if (paginate === null || types === null) return [];
  const { cursor, limit, items, next, by } = paginate;
  const words = Object.entries({ cursor, limit, items, next, by });
  const all = [reference(toIdentifier(names.paramsType)), ...types];
  const constant = (
    name: string,
    type: TypeNode,
    value: Expression & { kind: "call" },
    doc: string,
  ): DeclarationView => ({
    doc: docLines([doc, deprecation(fn.deprecated)]),
    text: constantText(
      { name: toIdentifier(name), type, value: pure(value), exported: true },
      world.layout,
    ),
  });
  return [
    constant(
      own.pages,
      reference(scope.abiType("client", "Pages"), ...all),
      call(
        identifier(scope.abiValue("client", "pagesOf")),
        identifier(toIdentifier(names.constant)),
        string(fn.name),
        object(
          words.flatMap(([word, value]) => (value === null ? [] : [property(word, string(value))])),
        ),
      ),
      `The list that \`${fn.name}\` answers page by page.`,
    ),
    constant(
      own.watchPages,
      reference(scope.abiType("client", "WatchPages"), ...all),
      call(
        identifier(scope.abiValue("client", "watchPagesOf")),
        identifier(toIdentifier(own.pages)),
      ),
      `Follows the pages of \`${fn.name}\`.`,
    ),
  ];
}
