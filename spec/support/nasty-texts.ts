/** Documentation that must reach comments of generated code unharmed. */
export const nastyTexts: readonly string[] = [
  "Plain words.",
  'Says "quoted" and `ticked` and \\ back.',
  "Ends a comment */ and begins /* one // again",
  "${process.exit(1)} </script> <!-- -->",
  "Two\nlines",
  "\u2028 line separator, \u{1f600}, é, \u001b[31m and \u202e right to left",
  "@deprecated {@link x} @param",
  "  spaces around  ",
];

/** Those that can stand behind `///`: a line separator ends a line of KDL. */
export const nastyComments = nastyTexts.filter((words) => !words.includes("\u2028"));
