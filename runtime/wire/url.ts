/**
 * The URL that a text is, or null. Not `URL.canParse`: that of Node 20 refuses letters beyond ASCII once V8 has
 * optimized its caller.
 */
export function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
