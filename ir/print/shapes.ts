/** Shapes and fields, in the three styles in which a contract is printed. */
import { assertNever } from "../assert-never.js";
import { hasKind } from "../shapes.js";
import type { Field, Shape } from "../model/canonical.js";
import { printAmount, printLiteral, quote } from "./literals.js";
import type { Writer } from "./writer.js";

/**
 * `plain`: what every member of the family prints. `full`: the same with extensions, losing nothing.
 * `wire`: names, types and optionality alone, as precise as they are on the wire.
 */
export type Style = "plain" | "full" | "wire";

/** The fields that a style shows: the family has no word for files. */
export function shownFields(fields: readonly Field[], style: Style): readonly Field[] {
  return style === "plain" ? fields.filter(({ shape }) => !hasKind(shape, "file")) : fields;
}

export function writeFields(writer: Writer, fields: readonly Field[], style: Style): void {
  for (const field of shownFields(fields, style)) writeField(writer, field, style);
}

function writeField(writer: Writer, field: Field, style: Style): void {
  const words = ["field", quote(field.name)];
  if (field.omittable) words.push("required=#false");
  const filledIn = style === "wire" ? null : defaultOf(field, style);
  if (filledIn !== null) words.push(`default=${filledIn}`);
  if (field.deprecated !== null && style === "full") {
    const { reason } = field.deprecated;
    words.push(`deprecated=${reason === null ? "#true" : quote(reason)}`);
  }
  writer.block(words.join(" "), () => {
    writeShape(writer, field.shape, style);
    if (field.doc !== null && style === "full") writer.line(`doc ${quote(field.doc)}`);
  });
}

/** The plain form never writes null. In the full one a field of any JSON that is null when left out says so. */
function defaultOf({ default: literal }: Field, style: Style): string | null {
  if (literal === null) return null;
  if (literal.kind !== "null") return printLiteral(literal);
  return style === "full" ? "#null" : null;
}

export function writeShape(writer: Writer, shape: Shape, style: Style): void {
  switch (shape.kind) {
    case "boolean":
      return writer.line('primitive "boolean"');
    case "integer":
    case "number":
      return writer.line(
        `primitive ${quote(shape.kind)}${constraints(style, [
          ["min", shape.min],
          ["max", shape.max],
          ["multiple-of", shape.multipleOf],
        ])}`,
      );
    case "string":
      return writer.line(
        `primitive "string"${format(shape.format, style)}${constraints(style, [
          ["min-length", shape.minLength],
          ["max-length", shape.maxLength],
          ["pattern", shape.pattern],
        ])}`,
      );
    case "json":
      return writer.line(`primitive "string"${format("json", style)}`);
    case "file":
      return writer.line(
        `primitive "string"${format("file", style)}${constraints(style, [
          ["max-bytes", shape.maxBytes],
          ["accept", shape.accept?.join(", ") ?? null],
        ])}`,
      );
    case "enum": {
      const name = shape.name === null || style !== "full" ? "" : ` name=${quote(shape.name)}`;
      return writer.line(`enum ${shape.values.map(quote).join(" ")}${name}`);
    }
    case "ref":
      return writer.line(`ref ${quote(shape.type)}`);
    case "list": {
      const limits = constraints(style, [
        ["min-items", shape.minItems],
        ["max-items", shape.maxItems],
      ]);
      return writer.block(`list${limits}`, () => writeShape(writer, shape.item, style));
    }
    case "map":
      if (style === "plain") return writer.line('primitive "string"');
      return writer.block("map", () => writeShape(writer, shape.value, style));
    case "optional":
      return writer.block("optional", () => writeShape(writer, shape.inner, style));
    case "union":
      return writer.block("union", () => {
        for (const member of shape.members) writeShape(writer, member, style);
      });
    case "error":
      // A contract with errors may be shown all the same; nobody reads this back.
      return writer.line('primitive "string"');
    default:
      return assertNever(shape);
  }
}

function format(name: string | null, style: Style): string {
  return name === null || style === "plain" ? "" : ` format=${quote(name)}`;
}

function constraints(
  style: Style,
  values: readonly (readonly [string, number | string | null])[],
): string {
  if (style !== "full") return "";
  return values
    .map(([name, value]) => {
      if (value === null) return "";
      return ` ${name}=${typeof value === "string" ? quote(value) : printAmount(value)}`;
    })
    .join("");
}
