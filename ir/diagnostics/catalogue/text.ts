/** MZ1xxx: text, encoding and KDL syntax. What a node means is never asked here. */
export const textCodes = {
  MZ1001: {
    name: "unexpected-text",
    severity: "error",
    message: "{found} cannot stand here",
  },
  MZ1002: {
    name: "unclosed-block",
    severity: "error",
    message: "the block of `{node}` is never closed",
  },
  MZ1003: {
    name: "unmatched-brace",
    severity: "error",
    message: "there is no block that this `}` could close",
  },
  MZ1004: {
    name: "block-on-next-line",
    severity: "error",
    message: "the block of `{node}` begins on another line",
  },
  MZ1005: { name: "unclosed-string", severity: "error", message: "a string is never closed" },
  MZ1006: { name: "bad-escape", severity: "error", message: "`{escape}` is no escape" },
  MZ1007: {
    name: "bare-keyword",
    severity: "error",
    message: "`{word}` is neither a keyword nor a string",
  },
  MZ1008: {
    name: "malformed-number",
    severity: "error",
    message: "`{text}` is neither a number nor a name",
  },
  MZ1009: {
    name: "repeated-property",
    severity: "error",
    message: "the property `{name}` is given twice",
  },
  MZ1010: {
    name: "type-annotation",
    severity: "error",
    message: "a contract has no type annotations",
  },
  MZ1011: {
    name: "square-brackets",
    severity: "error",
    message: "KDL has no square brackets",
  },
  MZ1012: {
    name: "missing-value",
    severity: "error",
    message: "the property `{name}` has no value",
  },
  MZ1013: {
    name: "missing-property-name",
    severity: "error",
    message: "there is no name before this `=`",
  },
  MZ1014: {
    name: "missing-space",
    severity: "error",
    message: "there is no space between two values",
  },
  MZ1015: {
    name: "separator",
    severity: "error",
    message: "values are separated by spaces, not by `{separator}`",
  },
  MZ1016: { name: "unclosed-comment", severity: "error", message: "a comment is never closed" },
  MZ1017: {
    name: "malformed-multi-line-string",
    severity: "error",
    message: "a multi-line string is laid out wrongly: {problem}",
  },
  MZ1018: { name: "unknown-keyword", severity: "error", message: "there is no keyword `{word}`" },
  MZ1019: {
    name: "parentheses",
    severity: "error",
    message: "parentheses are only understood in quotes",
  },
  MZ1020: {
    name: "forbidden-character",
    severity: "error",
    message: "the character {character} is not allowed in KDL",
  },
  MZ1021: {
    name: "merge-conflict",
    severity: "error",
    message: "a merge conflict was not resolved",
  },
  MZ1022: {
    name: "nested-too-deep",
    severity: "error",
    message: "blocks are nested deeper than {limit} levels",
  },
  MZ1023: {
    name: "file-too-large",
    severity: "error",
    message: "the file has {size} bytes; a contract file may have {limit}",
  },
  MZ1024: { name: "not-utf8", severity: "error", message: "the file is not encoded in UTF-8" },
  MZ1025: { name: "binary-file", severity: "error", message: "the file is not text" },
  MZ1026: {
    name: "too-many-syntax-errors",
    severity: "error",
    message: "there are at least {count} more syntax errors in this file",
  },
  MZ1027: {
    name: "text-after-block",
    severity: "error",
    message: "nothing of a node may follow its block",
  },
  MZ1028: {
    name: "nothing-to-leave-out",
    severity: "error",
    message: "there is nothing for this `/-` to leave out",
  },
  MZ1029: {
    name: "backslash",
    severity: "error",
    message: "a backslash outside a string only continues a line, at its end",
  },
  MZ1030: {
    name: "missing-node-name",
    severity: "error",
    message: "a node begins with a name",
  },
  MZ1031: {
    name: "unquoted-text",
    severity: "error",
    message: "`{text}` must stand in quotes",
  },
  MZ1032: {
    name: "wrong-quotes",
    severity: "error",
    message: "a string stands in double quotes, not in `{mark}`",
  },
  MZ1033: {
    name: "hash-comment",
    severity: "error",
    message: "`#` does not begin a comment",
  },
  MZ1034: {
    name: "parameter-list",
    severity: "error",
    message: "the inputs of `{name}` stand in parentheses",
  },
  MZ1035: {
    name: "property-alone",
    severity: "error",
    message: "`{name}=` is a property and stands without a node",
  },
  MZ1036: {
    name: "missing-opening-brace",
    severity: "error",
    message: "the block of `{node}` is closed and never opened",
  },
} as const;
