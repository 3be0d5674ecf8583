/** MZ6xxx: planning and writing files. Paths in messages are relative to the working directory. */
export const writingCodes = {
  MZ6001: {
    name: "generated-file-edited",
    severity: "error",
    message: "the generated file {path} was edited by hand",
  },
  MZ6002: {
    name: "path-taken",
    severity: "error",
    message: "{path} is needed for a generated file, but mizan did not write what is there",
  },
  MZ6003: {
    name: "folder-blocked",
    severity: "error",
    message: "{path} has to be a {wanted}, but it is a {found}",
  },
  MZ6004: {
    name: "link-leaves-folder",
    severity: "error",
    message: "{path} is a symbolic link that leads out of the output folder {folder}",
  },
  MZ6005: { name: "write-failed", severity: "error", message: "cannot write {path}: {reason}" },
  MZ6006: {
    name: "leftover-edited",
    severity: "warning",
    message: "{path} is no longer generated, but it was edited, so it stays",
  },
  MZ6007: {
    name: "handler-orphaned",
    severity: "warning",
    message: "the handler {path} has no function or view any more",
  },
  MZ6008: {
    name: "manifest-damaged",
    severity: "warning",
    message: "{path} is damaged; what is still legible counts, and a new one is written",
  },
  MZ6009: {
    name: "run-in-progress",
    severity: "error",
    message: "another run of mizan ({holder}) has been writing here for {seconds} seconds",
  },
  MZ6010: {
    name: "path-planned-twice",
    severity: "error",
    message: "two generated files would be written to {path}",
  },
  MZ6011: {
    name: "output-stale",
    severity: "error",
    message: "the generated files are not up to date: {summary}",
  },
  MZ6012: {
    name: "undo-failed",
    severity: "error",
    message: "after that, {path} could not be put back as it was: {reason}",
  },
  MZ6013: {
    name: "no-cache-folder",
    severity: "warning",
    message: "cannot use {path}: {reason}; two runs at once are not kept apart",
  },
  MZ6014: {
    name: "file-unreadable",
    severity: "error",
    message: "cannot read {path}: {reason}",
  },
  MZ6015: {
    name: "changed-meanwhile",
    severity: "error",
    message: "{path} was changed by another program while mizan was writing",
  },
} as const;
