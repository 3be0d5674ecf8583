/**
 * How names of the contract become names of other kinds. Pure spelling: nothing here knows the contract.
 *
 * Words: a *wire name* is a name as it stands in the contract and in requests (`user_profile`,
 * `orders.place`); its *parts* lie between `_`, `.` and `-`.
 */

/**
 * The identifier of a wire name, the family's rule: the first part as it is; in each later part every run
 * of letters gets a capital first letter and small others (`user_profile` → `userProfile`, `c_1b` → `c1B`,
 * `j_kL_mN` → `jKlMn`). It may still be a reserved word.
 */
export function toCamel(wireName: string): string {
  const [first = "", ...rest] = toParts(wireName);
  return first + rest.map(capitalise).join("");
}

/** A channel's name: as `toCamel`, with every part capitalised (`chat_room` → `ChatRoom`). */
export function toPascal(wireName: string): string {
  return toParts(wireName).map(capitalise).join("");
}

/** `userProfile` → `UserProfile`: what follows `call`, `use` and the like. Nothing else changes. */
export function upperFirst(text: string): string {
  const [first = "", ...rest] = text;
  return first.toUpperCase() + rest.join("");
}

/** `OrderLine` → `orderLine`; a run of capitals is one word: `HTTPLog` → `httpLog`, `SKU` → `sku`. */
export function lowerFirst(text: string): string {
  return text.replace(/^\p{Lu}+(?=\p{Lu}\p{Ll})|^\p{Lu}+(?=\P{L}|$)|^\p{Lu}/u, (run) =>
    run.toLowerCase(),
  );
}

/**
 * The file of a wire name, without its ending: dots are folders, the rest in small letters with hyphens
 * (`orders.place_now` → `orders/place-now`, `userProfile` → `user-profile`).
 */
export function toFileStem(wireName: string): string {
  return wireName
    .split(".")
    .map((part) => withSeparator(part, "-").replaceAll("_", "-").toLowerCase())
    .join("/");
}

/** The wire code of a declared error: `OutOfStock` → `OUT_OF_STOCK`, `HTTPFailed` → `HTTP_FAILED`. */
export function toErrorCode(name: string): string {
  return withSeparator(name, "_").toUpperCase();
}

/** A name in words, for a message: `OutOfStock` → `Out of stock`, `HTTPFailed` → `HTTP failed`. */
export function toWords(name: string): string {
  const words = withSeparator(name, " ").split(/[ _.-]+/);
  return words
    .map((word, index) => (index === 0 || /^\p{Lu}{2,}$/u.test(word) ? word : word.toLowerCase()))
    .join(" ");
}

function toParts(wireName: string): readonly string[] {
  return wireName.split(/[_.-]/);
}

function capitalise(part: string): string {
  return part.replace(/\p{L}+/gu, (run) => upperFirst(run.toLowerCase()));
}

/** Before each capital after a small letter or digit, and before the last of a run that a small letter follows. */
function withSeparator(name: string, separator: string): string {
  return name.replace(/(?<=[\p{Ll}\p{Nd}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, separator);
}
