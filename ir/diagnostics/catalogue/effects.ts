/** MZ5xxx: invalidation, merge and cache. */
export const effectCodes = {
  MZ5001: {
    name: "merge-without-slot",
    severity: "error",
    message: "no slot of `{context}` has the type that `{function}` answers",
  },
  MZ5004: {
    name: "affects-whole-context",
    severity: "warning",
    message:
      "`{function}` affects all of `{context}`, although its `{field}` looks like the param `{param}`",
  },
  MZ5030: {
    name: "scoped-by-id",
    severity: "warning",
    message: "`{function}` affects `{context}` only where their `id` is the same",
  },
  MZ5031: {
    name: "mutation-without-effects",
    severity: "warning",
    message: "`{function}` looks like a mutation and has no effects",
  },
  MZ5032: {
    name: "merge-never-applied",
    severity: "warning",
    message:
      "the merge of `{function}` into `{slot}` never names its param `{param}`, so every client refetches",
  },
  MZ5033: {
    name: "cache-never-stale",
    severity: "warning",
    message: "the context `{context}` is cached and nothing makes it stale",
  },
  MZ5034: {
    name: "public-cache-with-guard",
    severity: "error",
    message: "the context `{context}` is cached publicly and guarded",
  },
  MZ5035: {
    name: "cache-not-built-yet",
    severity: "warning",
    message: "answers are not cached yet",
  },
} as const;
