/** MZ6xxx: planning and writing files. */
export const writingCodes = {
  MZ6001: { name: "generated-file-edited", severity: "error", message: "the generated file {path} was edited by hand" },
} as const;
