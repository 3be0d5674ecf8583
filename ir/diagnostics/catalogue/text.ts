/** MZ1xxx: text, encoding, syntax and the shape of nodes. */
export const textCodes = {
  MZ1001: { name: "syntax-error", severity: "error", message: "{problem}" },
} as const;
