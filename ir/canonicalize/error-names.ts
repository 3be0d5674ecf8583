/** What a declared error is called on the wire and in a sentence. */

/** `OutOfStock` → `OUT_OF_STOCK`, `HTTPFailed` → `HTTP_FAILED`. */
export function toErrorCode(name: string): string {
  return split(name).join("_").toUpperCase();
}

/** `OutOfStock` → `Out of stock`, `HTTPFailed` → `HTTP failed`. */
export function toErrorWords(name: string): string {
  return split(name)
    .map((word, index) => (index === 0 || /^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(" ");
}

/** Before each capital behind a small letter or digit, and before the last of a run that a small one follows. */
function split(name: string): readonly string[] {
  return name.replace(/([a-z0-9])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, "$1$2\0").split("\0");
}
