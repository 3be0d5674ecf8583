/** Enums have values, and each can be told from nothing. (Equal values are refused when they are read.) */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Enum } from "../model/canonical.js";

export function enumHasValues(node: Enum): readonly Diagnostic[] {
  if (node.values.length > 0) return [];
  return [
    report(
      "MZ3051",
      { span: node.place.name, text: "no values" },
      { enum: node.name },
      { help: `write the values after the name: \`enum ${node.name} first second\`` },
    ),
  ];
}

export function enumValuesAreNotEmpty(node: Enum): readonly Diagnostic[] {
  return node.values
    .filter((value) => value.value === "")
    .map((value) =>
      report(
        "MZ3052",
        { span: value.span, text: "empty" },
        { enum: node.name },
        { help: "name the value, or make the field's type optional with `?` for no value" },
      ),
    );
}
