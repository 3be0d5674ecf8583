/** MZ2xxx: names that are unknown, repeated, or collide. */
export const nameCodes = {
  MZ2001: { name: "unknown-context", severity: "error", message: "there is no context `{name}`" },
} as const;
