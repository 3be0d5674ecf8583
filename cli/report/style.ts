/**
 * How the parts of a report are coloured. Renderers take a style and know nothing of terminals; whether
 * there is one, and `NO_COLOR`, is decided where the process is.
 */
export type Paint = (text: string) => string;

export type Style = {
  /** The word `error` and the carets below the place. */
  readonly error: Paint;
  readonly warning: Paint;
  /** The sentence that says what is true. */
  readonly message: Paint;
  /** Line numbers, bars and arrows. */
  readonly frame: Paint;
  /** Marks and words at related places. */
  readonly related: Paint;
  readonly help: Paint;
};

const asItIs: Paint = (text) => text;

export const plainStyle: Style = {
  error: asItIs,
  warning: asItIs,
  message: asItIs,
  frame: asItIs,
  related: asItIs,
  help: asItIs,
};

/** ANSI colours that read well on dark and light backgrounds: bold for words, the 8 basic colours for marks. */
export const ansiStyle: Style = {
  error: ansi("1;31"),
  warning: ansi("1;33"),
  message: ansi("1"),
  frame: ansi("34"),
  related: ansi("36"),
  help: ansi("1;32"),
};

function ansi(codes: string): Paint {
  return (text) => (text === "" ? "" : `\u001b[${codes}m${text}\u001b[0m`);
}
