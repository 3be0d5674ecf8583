/** MZ4xxx: functions, contexts, routes, auth, and what is not supported yet. */
export const functionCodes = {
  MZ4001: {
    name: "not-supported-yet",
    severity: "error",
    message: "{feature} is not yet supported",
  },
  MZ4030: {
    name: "effect-on-read",
    severity: "error",
    message: "`{function}` is read as part of the context `{context}` and cannot have `{effect}`",
  },
  MZ4031: {
    name: "mixed-transports",
    severity: "error",
    message: "the functions of the context `{context}` have different transports",
  },
  MZ4032: {
    name: "global-with-param",
    severity: "error",
    message: "`{function}` takes a param, but the context `global` has none",
  },
  MZ4033: {
    name: "param-types-differ",
    severity: "error",
    message: "the param `{param}` has two types in the context `{context}`",
  },
  MZ4034: {
    name: "param-shapes-differ",
    severity: "warning",
    message: "the param `{param}` has two meanings in the context `{context}`",
  },
  MZ4035: {
    name: "context-without-reads",
    severity: "error",
    message: "the context `{context}` has no public functions",
  },
  MZ4036: {
    name: "route-param-unknown",
    severity: "error",
    message: "the route of `{view}` has a param `{param}` that is no input",
  },
  MZ4037: {
    name: "routes-collide",
    severity: "error",
    message: "the views `{other}` and `{view}` are served at one route",
  },
  MZ4038: {
    name: "predicate-not-identifier",
    severity: "error",
    message: "`{predicate}` cannot be the name of a predicate",
  },
  MZ4039: {
    name: "protocol-error-code",
    severity: "error",
    message: "the error `{error}` has the code {code}, which is the protocol's own",
  },
  MZ4040: {
    name: "error-codes-equal",
    severity: "error",
    message: "the errors `{other}` and `{error}` have one code, {code}",
  },
  MZ4042: {
    name: "route-malformed",
    severity: "error",
    message: "the route of `{view}` is no path",
  },
  MZ4043: {
    name: "method-unknown",
    severity: "error",
    message: "a view cannot be served for {method}",
  },
  MZ4044: {
    name: "converter-unknown",
    severity: "error",
    message: "there is no converter `{converter}` for a param of a route",
  },
  MZ4045: {
    name: "route-param-does-not-fit",
    severity: "error",
    message: "the param `{param}` in the route of `{view}` does not fit its input",
  },
  MZ4046: {
    name: "pages-of-no-read",
    severity: "error",
    message: "nobody reads the pages of `{function}`: {reason}",
  },
  MZ4047: {
    name: "page-input-unknown",
    severity: "error",
    message: "`{function}` has no input `{input}`",
  },
  MZ4048: {
    name: "page-input-does-not-fit",
    severity: "error",
    message: "`{input}` cannot be the {role} of `{function}`: {reason}",
  },
  MZ4049: {
    name: "output-is-no-page",
    severity: "error",
    message: "`{function}` does not answer pages: {reason}",
  },
  MZ4050: {
    name: "page-field-unknown",
    severity: "error",
    message: "the pages of `{function}` have no field `{field}`",
  },
  MZ4051: {
    name: "next-does-not-fit",
    severity: "error",
    message: "`{next}` cannot be the cursor of the next page: {reason}",
  },
  MZ4052: {
    name: "cursor-shared",
    severity: "error",
    message: "`{other}` and `{function}` have one cursor, `{param}`",
  },
  MZ4053: {
    name: "pages-with-company",
    severity: "warning",
    message: "every page of `{function}` is read together with `{other}`",
  },
} as const;
