/** The types of handlers in `server/handlers.ts`: what one gets, and under which errors and guard. */
import type { Fn, View } from "../../ir/model/canonical.js";
import { aliasText } from "../layout/declarations.js";
import { keyword, objectOf, reference, type TypeNode } from "../layout/types.js";
import { toIdentifier } from "../text.js";
import type { DeclarationView } from "./declaration.js";
import { inputTypeName, viewInputName, type NamedFunction, type NamedView } from "./names.js";
import { own } from "./records.js";
import { describe, members, nullable, outputType, type Setting } from "./shapes.js";

/** `Handler<RenameUserInput, Profile, { UserNotFound: { user_id: number } }, Effects>` */
export function handlerType(named: NamedFunction, setting: Setting): DeclarationView {
  const { fn, names } = named;
  const { world, scope } = setting;
  return {
    doc: describe(fn),
    text: aliasText(
      toIdentifier(names.handlerType),
      reference(
        scope.abiType("server", "Handler"),
        inputType(named, setting),
        // A handler that has nothing to answer need not say so.
        fn.output === null ? nullable(keyword("void")) : outputType(fn.output, setting),
        errorsType(fn, setting),
        own("Effects"),
        ...accessArguments(fn),
      ),
      world.layout,
    ),
  };
}

/** `ViewHandler<ProfilePageInput, NoErrors, Effects>` */
export function viewHandlerType(named: NamedView, setting: Setting): DeclarationView {
  const { view, names } = named;
  const { world, scope } = setting;
  return {
    doc: describe(view),
    text: aliasText(
      toIdentifier(names.handlerType),
      reference(
        scope.abiType("server", "ViewHandler"),
        viewInput(named, setting),
        errorsType(view, setting),
        own("Effects"),
        ...accessArguments(view),
      ),
      world.layout,
    ),
  };
}

/** `{ UserNotFound: { user_id: number } }` */
function errorsType({ errors }: Fn | View, setting: Setting): TypeNode {
  const { world, scope } = setting;
  if (errors.length === 0) return reference(scope.abiType("server", "NoErrors"));
  return objectOf(
    errors.map((name) => {
      const fields = world.errors.get(name)?.fields ?? [];
      const type = fields.length === 0 ? keyword("undefined") : objectOf(members(fields, setting));
      return { name, readonly: false, optional: false, type };
    }),
  );
}

/** Under these guards nobody passes who is not signed in. */
function accessArguments({ auth }: Fn | View): readonly TypeNode[] {
  const isSignedIn =
    auth?.kind === "required" || auth?.kind === "staff" || auth?.kind === "superuser";
  return isSignedIn ? [{ kind: "literal", value: "signed-in" }] : [];
}

export function viewInput(named: NamedView, { scope }: Setting): TypeNode {
  const name = viewInputName(named);
  return reference(name === null ? scope.abiType("server", "NoInput") : scope.type(name));
}

export function inputType(named: NamedFunction, { scope }: Setting): TypeNode {
  const name = inputTypeName(named, scope.typeName, "server");
  return reference(name === null ? scope.abiType("server", "NoInput") : scope.type(name));
}
