/** MZ11xx: nodes, arguments, properties and blocks that the contract language does not have there. */
export const nodeCodes = {
  MZ1101: { name: "unknown-node", severity: "error", message: "there is no `{node}` {where}" },
  MZ1102: {
    name: "unknown-property",
    severity: "error",
    message: "`{node}` has no property `{name}`",
  },
  MZ1103: {
    name: "unexpected-argument",
    severity: "error",
    message: "`{node}` takes {expected}, so `{argument}` is too much",
  },
  MZ1104: {
    name: "missing-argument",
    severity: "error",
    message: "`{node}` takes {expected}, which is missing",
  },
  MZ1105: { name: "wrong-value", severity: "error", message: "{what} must be {expected}" },
  MZ1106: {
    name: "repeated-node",
    severity: "error",
    message: "`{node}` stands twice {where}",
  },
  MZ1107: { name: "unexpected-block", severity: "error", message: "`{node}` takes no block" },
  MZ1108: { name: "missing-block", severity: "error", message: "`{node}` needs a block {why}" },
  MZ1109: {
    name: "misplaced-sign",
    severity: "error",
    message: "`{sign}` does not belong {where}",
  },
  MZ1110: {
    name: "missing-arrow",
    severity: "error",
    message: "the output of a function stands after an arrow of its own: `-> Type`",
  },
  MZ1111: {
    name: "missing-field-type",
    severity: "error",
    message: "the field `{name}` has no type",
  },
  MZ1112: {
    name: "documented-reference",
    severity: "warning",
    message: "documentation of `{name}` belongs to its definition",
  },
} as const;
