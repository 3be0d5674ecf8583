/** MZ2xxx: names that are unknown, repeated, or collide. */
export const nameCodes = {
  MZ2001: {
    name: "unknown-context",
    severity: "error",
    message: "there is no context `{name}`",
  },
  MZ2002: {
    name: "unknown-function",
    severity: "error",
    message: "there is no function `{name}`",
  },
  MZ2003: { name: "unknown-error", severity: "error", message: "there is no error `{name}`" },
  MZ2004: {
    name: "declared-twice",
    severity: "error",
    message: "the {kind} `{name}` is declared twice",
  },
  MZ2005: {
    name: "repeated-name",
    severity: "error",
    message: "the {kind} `{name}` stands twice {where}",
  },
  MZ2006: { name: "name-case", severity: "error", message: "{kind} names are {style}" },
  MZ2007: {
    name: "no-identifier",
    severity: "error",
    message: "the name `{name}` cannot become an identifier",
  },
  MZ2008: {
    name: "dangling-function",
    severity: "warning",
    message: "the context `{context}` lists a function `{name}` that the document does not have",
  },
  MZ2009: {
    name: "two-contexts",
    severity: "error",
    message: "the function `{name}` stands in two contexts",
  },
} as const;
