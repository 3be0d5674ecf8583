/** The names of types that a part of a contract says, whether or not they resolve to anything. */
import { assertNever } from "../assert-never.js";
import type * as contract from "../model/contract.js";

export function namesInType(type: contract.TypeExpr): readonly string[] {
  switch (type.kind) {
    case "name":
      return [type.name];
    case "list":
      return namesInType(type.item);
    case "map":
      return namesInType(type.value);
    case "optional":
      return namesInType(type.inner);
    case "union":
      return type.members.flatMap(namesInType);
    case "enum":
      return type.name === null ? [] : [type.name.text];
    case "scalar":
    case "error":
      return [];
    default:
      return assertNever(type);
  }
}

export function namesInFields(fields: readonly contract.Field[]): readonly string[] {
  return fields.flatMap((field) => namesInType(field.type));
}

export function namesInOutput(output: contract.Output): readonly string[] {
  switch (output.kind) {
    case "nothing":
      return [];
    case "type":
      return namesInType(output.type);
    case "printed":
      return [output.name.text];
    default:
      return assertNever(output);
  }
}

/**
 * The types that are types of their own whatever they are called: something refers to them from inside a type,
 * or as its output in the short form, or several functions, views or channels take or answer them as a whole.
 */
export function referredNames(from: contract.Contract): ReadonlySet<string> {
  const { types, errors, functions, views, channels } = from;
  const messages = channels.flatMap(({ params, client, server }) => [params, client, server]);
  const wholes = [
    ...functions.flatMap(({ inputType, output }) => [
      inputType?.text,
      output.kind === "printed" ? output.name.text : undefined,
    ]),
    ...views.map(({ inputType }) => inputType?.text),
    ...messages.map((message) => message?.type?.text),
  ].flatMap((name) => name ?? []);
  const once = new Set<string>();
  const again = wholes.filter((name) => once.has(name) || !once.add(name));
  return new Set([
    ...again,
    ...types.flatMap((type) =>
      type.kind === "alias" ? namesInType(type.type) : namesInFields(type.fields),
    ),
    ...errors.flatMap(({ fields }) => namesInFields(fields)),
    ...views.flatMap(({ input }) => namesInFields(input)),
    ...functions.flatMap(({ input, output }) => [
      ...namesInFields(input),
      ...(output.kind === "printed" ? [] : namesInOutput(output)),
    ]),
    ...messages.flatMap((message) => namesInFields(message?.fields ?? [])),
  ]);
}
