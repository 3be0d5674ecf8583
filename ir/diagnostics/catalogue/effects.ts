/** MZ5xxx: invalidation, merge and cache. */
export const effectCodes = {
  MZ5001: {
    name: "merge-without-slot",
    severity: "error",
    message: "no slot of `{context}` has the type that `{function}` answers",
  },
  MZ5002: {
    name: "merge-with-several-slots",
    severity: "error",
    message: "several slots of `{context}` could take what `{function}` answers",
  },
  MZ5003: {
    name: "element-without-by",
    severity: "error",
    message: "`{function}` answers one element of the list `{slot}`, and nothing says which",
  },
  MZ5004: {
    name: "affects-whole-context",
    severity: "warning",
    message: "`{function}` affects all of `{context}`, whatever its `{field}` is",
  },
  MZ5005: {
    name: "canonical-merge-unclear",
    severity: "warning",
    message: "it cannot be told which slot of `{context}` `{function}` merges into",
  },
  MZ5006: {
    name: "by-is-no-field",
    severity: "error",
    message: "the elements of `{slot}` have no field `{field}`",
  },
  MZ5007: {
    name: "merge-option-does-not-fit",
    severity: "error",
    message: "`{option}` says nothing here: {reason}",
  },
  MZ5008: {
    name: "unknown-param",
    severity: "error",
    message: "the context `{context}` has no param `{param}`",
  },
  MZ5009: {
    name: "unknown-source",
    severity: "error",
    message: "there is no `{source}` in `{function}`",
  },
  MZ5010: {
    name: "source-type",
    severity: "error",
    message: "`{target}` is {expected}, but `{source}` is {found}",
  },
  MZ5011: {
    name: "unknown-slot",
    severity: "error",
    message: "the context `{context}` has no slot `{slot}`",
  },
  MZ5012: {
    name: "function-without-context",
    severity: "error",
    message: "the function `{name}` is in no context, so nothing of it can become stale",
  },
  MZ5013: {
    name: "too-many-effects",
    severity: "error",
    message:
      "every `affects *` names {contexts} contexts, which comes to {effects} effects; {limit} are the most",
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
    name: "effect-on-single-pages",
    severity: "warning",
    message: "`{function}` affects single pages of `{slot}`, by their `{param}`",
  },
} as const;
