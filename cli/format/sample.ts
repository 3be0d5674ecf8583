/**
 * A few pieces of what we laid out, for prettier to confirm. A piece is a run of whole top-level statements
 * between blank lines, so that it can be formatted by itself.
 */

/** Most pieces are a few hundred characters; a table of all functions is not worth its price. */
const largestPiece = 3000;

/**
 * At most `count` pieces that are not known yet, spread over all texts: the same output gives the same
 * sample, and a change of it moves the sample elsewhere.
 */
export function takeSample<Text extends { readonly text: string }>(
  texts: readonly Text[],
  count: number,
  isKnown: (piece: Text) => boolean,
): readonly Text[] {
  const pieces = texts
    .flatMap((whole) => toPieces(whole.text).map((text) => ({ ...whole, text })))
    .filter((piece) => piece.text.length <= largestPiece && !isKnown(piece));
  if (pieces.length <= count) return pieces;
  const step = pieces.length / count;
  const shift = texts.reduce((sum, { text }) => (sum * 31 + text.length) % 997, 0) / 997;
  return Array.from({ length: count }, (_, index) => Math.floor((index + shift) * step)).flatMap(
    (index) => pieces[index] ?? [],
  );
}

/** Cuts a text at blank lines after which a line begins at the margin. */
export function toPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  let piece: string[] = [];
  let blank = false;
  for (const line of text.split("\n")) {
    if (blank && /^[\w/"'@]/.test(line)) {
      pieces.push(piece.join("\n").trimEnd());
      piece = [];
    }
    piece.push(line);
    blank = line === "";
  }
  pieces.push(piece.join("\n").trimEnd());
  return pieces.filter((candidate) => candidate !== "");
}
