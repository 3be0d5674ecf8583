/** MZ7xxx: configuration and host; MZ9xxx: our own bugs. */
export const hostCodes = {
  MZ7001: { name: "configuration-missing", severity: "error", message: "no mizan.config.kdl was found here or above" },
  MZ9001: { name: "internal-error", severity: "error", message: "a bug in mizan: {problem}" },
} as const;
