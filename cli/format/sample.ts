/**
 * A few pieces of what we laid out, for prettier to confirm. A piece is a run of whole top-level statements
 * between blank lines, so that it can be formatted by itself.
 */

/** Most pieces are a few hundred characters; a table of all functions is not worth its price. */
const largestPiece = 3000;

/**
 * At most `count` pieces, at places spread evenly over all texts: the same output gives the same sample, and
 * a change of it moves the sample elsewhere. Texts use LF.
 */
export function takeSample<Text extends { readonly text: string }>(
  texts: readonly Text[],
  count: number,
): readonly Text[] {
  const total = texts.reduce((sum, { text }) => sum + text.length, 0);
  const step = Math.max(1, total / count);
  const pieces = new Map<string, Text>();
  let before = 0;
  // Somewhere in the first step, depending on the lengths of the texts.
  let next = texts.reduce((sum, { text }) => (sum * 31 + text.length) % 997, 0) % step;
  for (const whole of texts) {
    for (; next < before + whole.text.length; next += step) {
      const text = pieceAt(whole.text, Math.floor(next - before));
      if (text.length <= largestPiece && text !== "") pieces.set(text, { ...whole, text });
    }
    before += whole.text.length;
  }
  return [...pieces.values()].slice(0, count);
}

/** Blank lines after which a line begins at the margin: there all brackets are closed. */
const seam = /\n\n+(?=[\w/"'@])/g;

/** The piece that begins at the first seam after a place; the last one of the text if there is none. */
export function pieceAt(text: string, place: number): string {
  const start = seamAfter(text, place) ?? lastSeam(text);
  const end = seamAfter(text, start) ?? text.length;
  return text.slice(start, end).trim();
}

/** Where the line behind the next seam begins. */
function seamAfter(text: string, place: number): number | null {
  seam.lastIndex = place;
  const found = seam.exec(text);
  return found === null ? null : found.index + found[0].length;
}

function lastSeam(text: string): number {
  let last = 0;
  for (let at = seamAfter(text, 0); at !== null; at = seamAfter(text, at)) last = at;
  return last;
}
