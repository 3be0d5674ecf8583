/** Views with their types, routes and effects resolved. A context's guard is not handed down to them. */
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { toCamel } from "../naming.js";
import { normalizeRoute } from "../routes.js";
import { sortByText } from "../source/code-points.js";
import { errorNames } from "./resolve-errors.js";
import { uniqueInputs } from "./resolve-functions.js";
import type { TypeResolver } from "./resolve-types.js";
import type { Out, Symbols } from "./symbols.js";

type ResolveEffects = (
  view: contract.View,
  input: readonly canonical.Field[],
) => { readonly context: string | null; readonly affects: readonly canonical.Affect[] };

export function resolveViews(
  symbols: Symbols,
  types: TypeResolver,
  resolveEffects: ResolveEffects,
  out: Out,
): readonly canonical.View[] {
  return sortByText(symbols.views.values(), ({ name }) => name.text).map((view) =>
    resolveView(view, symbols, types, resolveEffects, out),
  );
}

function resolveView(
  view: contract.View,
  symbols: Symbols,
  types: TypeResolver,
  resolveEffects: ResolveEffects,
  out: Out,
): canonical.View {
  const struct = view.inputType === null ? null : types.resolveStruct(view.inputType);
  const fields = [
    ...types.resolveFields(view.input),
    ...(struct === null ? [] : types.resolveFields(struct.fields)),
  ];
  const input = uniqueInputs(fields, view.inputType, out);
  const { context, affects } = resolveEffects(view, input);
  const methods = view.methods.map(({ text }) => text);
  return {
    name: view.name.text,
    camel: toCamel(view.name.text),
    route: normalizeRoute(view.route?.text ?? ""),
    methods: methods.length > 0 ? methods : [context === null ? "POST" : "GET"],
    input,
    context,
    affects,
    errors: errorNames(view.errors, symbols, out),
    auth: view.auth,
    doc: view.doc,
    place: { name: view.name.span, node: view.node },
  };
}
