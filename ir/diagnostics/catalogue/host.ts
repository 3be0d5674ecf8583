/** MZ7xxx: command line, configuration and host (exit code 2); MZ9xxx: our own bugs (exit code 70). */
export const hostCodes = {
  MZ7001: {
    name: "configuration-missing",
    severity: "error",
    message: "no mizan.config.kdl was found here or above",
  },
  MZ7002: {
    name: "configuration-unknown-node",
    severity: "error",
    message: "the configuration has no `{name}`{where}",
  },
  MZ7003: {
    name: "configuration-extra",
    severity: "error",
    message: "`{node}` takes no {extra}",
  },
  MZ7004: {
    name: "configuration-value",
    severity: "error",
    message: "`{node}` takes {expected}",
  },
  MZ7005: {
    name: "configuration-repeated",
    severity: "error",
    message: "`{node}` stands twice",
  },
  MZ7006: {
    name: "path-leaves-project",
    severity: "error",
    message: "{path} lies outside the project {project}",
  },
  MZ7007: {
    name: "output-folders-overlap",
    severity: "error",
    message: "{first} and {second} would write into the same folder",
  },
  MZ7008: {
    name: "configuration-unreadable",
    severity: "error",
    message: "cannot read the configuration {path}: {reason}",
  },
  MZ7009: {
    name: "contract-missing",
    severity: "error",
    message: "there is no contract at {path}",
  },
  MZ7010: {
    name: "contract-unreadable",
    severity: "error",
    message: "cannot read the contract {path}: {reason}",
  },
  MZ7011: {
    name: "contract-folder-empty",
    severity: "error",
    message: "the folder {path} holds no .kdl file",
  },
  MZ7012: {
    name: "nothing-to-generate",
    severity: "error",
    message: "the configuration names neither a server nor a client",
  },
  MZ7013: { name: "usage", severity: "error", message: "{problem}" },
  MZ7014: {
    name: "formatting-failed",
    severity: "error",
    message: "prettier refuses with this project's configuration: {reason}",
  },
  MZ7015: {
    name: "unknown-diagnostic",
    severity: "error",
    message: "there is no diagnostic `{code}`",
  },
  MZ7016: {
    name: "init-blocked",
    severity: "error",
    message: "cannot set up a project in {path}: {reason}",
  },
  MZ7017: {
    name: "input-unreadable",
    severity: "error",
    message: "cannot read standard input: {reason}",
  },
  MZ9001: { name: "internal-error", severity: "error", message: "a bug in mizan: {problem}" },
} as const;
