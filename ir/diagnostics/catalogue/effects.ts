/** MZ5xxx: invalidation, merge and cache. */
export const effectCodes = {
  MZ5001: { name: "merge-without-slot", severity: "error", message: "no slot of `{context}` has the type that `{function}` answers" },
} as const;
