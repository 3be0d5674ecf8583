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
  MZ3050: {
    name: "endless-recursion",
    severity: "error",
    message: "a value of `{type}` would never end: {path}",
  },
  MZ3051: {
    name: "enum-without-values",
    severity: "error",
    message: "the enum `{enum}` has no values",
  },
  MZ3052: {
    name: "empty-enum-value",
    severity: "error",
    message: "the enum `{enum}` has an empty value",
  },
  MZ3053: { name: "bounds-crossed", severity: "error", message: "`{lower}` is above `{upper}`" },
  MZ3054: {
    name: "step-not-positive",
    severity: "error",
    message: "`multiple-of` must be above zero",
  },
  MZ3055: {
    name: "pattern-not-regular",
    severity: "error",
    message: "the pattern is no regular expression: {fault}",
  },
  MZ3056: {
    name: "default-does-not-fit",
    severity: "error",
    message: "the default {default} of `{field}` does not fit {what}",
  },
  MZ3058: { name: "file-not-sent", severity: "error", message: "a file cannot stand in {where}" },
  MZ3059: {
    name: "file-in-map",
    severity: "error",
    message: "the field `{field}` has files in a map",
  },
  MZ3060: {
    name: "ambiguous-union",
    severity: "warning",
    message: "`{one}` and `{other}` in {union} can accept the same value",
  },
  MZ3062: {
    name: "accept-malformed",
    severity: "error",
    message: "`accept` takes media types and extensions, not `{entry}`",
  },
  MZ3063: {
    name: "input-named-fn",
    severity: "error",
    message: "`{function}` takes a file, so no input of it may be called `fn`",
  },
  MZ3061: { name: "unused-type", severity: "warning", message: "nothing uses `{type}`" },
} as const;
