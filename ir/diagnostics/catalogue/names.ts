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
  MZ2050: {
    name: "identifiers-collide",
    severity: "error",
    message: "`{name}` and `{other}` both become `{identifier}` in generated code",
  },
  MZ2051: {
    name: "identifier-taken",
    severity: "error",
    message: "`{name}` becomes `{identifier}`, which generated code has for itself",
  },
  MZ2052: {
    name: "paths-collide",
    severity: "error",
    message: "`{name}` and `{other}` are both written to {path}",
  },
  MZ2053: {
    name: "device-path",
    severity: "error",
    message: "`{name}` is written to {path}, a name that Windows keeps for a device",
  },
  MZ2054: {
    name: "context-without-node",
    severity: "warning",
    message: "no node has the context `{context}`",
  },
  MZ2055: {
    name: "printed-types-collide",
    severity: "error",
    message: "{one} and {other} are both `{printed}` in the canonical form",
  },
} as const;
