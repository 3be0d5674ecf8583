/** MZ4xxx: functions, contexts, routes, auth, and what is not supported yet. */
export const functionCodes = {
  MZ4001: { name: "not-supported-yet", severity: "error", message: "{feature} is not yet supported" },
} as const;
