/** MZ3xxx: types, constraints and defaults. */
export const typeCodes = {
  MZ3001: { name: "unknown-type", severity: "error", message: "there is no type `{name}`" },
} as const;
