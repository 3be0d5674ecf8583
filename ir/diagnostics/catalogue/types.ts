/** MZ3xxx: types, constraints and defaults. */
export const typeCodes = {
  MZ3001: { name: "unknown-type", severity: "error", message: "there is no type `{name}`" },
  MZ3002: { name: "type-syntax", severity: "error", message: "{problem}" },
  MZ3003: {
    name: "nullable-twice",
    severity: "error",
    message: "this type is nullable twice",
  },
  MZ3004: {
    name: "equal-arms",
    severity: "error",
    message: "two arms of this union are the same type",
  },
  MZ3005: {
    name: "number-out-of-range",
    severity: "error",
    message: "the number {image} cannot be carried exactly",
  },
  MZ3006: {
    name: "required-with-default",
    severity: "error",
    message: "a field with a default cannot be required",
  },
  MZ3007: {
    name: "constraint-does-not-fit",
    severity: "error",
    message: "`{constraint}` does not fit {type}",
  },
  MZ3008: {
    name: "alias-cycle",
    severity: "error",
    message: "the alias `{name}` stands for itself",
  },
  MZ3009: {
    name: "type-too-large",
    severity: "error",
    message: "the type is too large when its aliases are written out",
  },
  MZ3010: {
    name: "struct-expected",
    severity: "error",
    message: "`{name}` is no type with fields",
  },
  MZ3011: {
    name: "error-as-type",
    severity: "error",
    message: "the error `{name}` cannot be used as a type",
  },
} as const;
