/** Help for names that resolve to nothing. */
import { nearest } from "../diagnostics/did-you-mean.js";

/**
 * Finds the name that was probably meant. Each search costs as much as there are candidates, so after some
 * hundred of them no more is made: whoever has that many unknown names has another problem.
 */
export type Suggest = (name: string, candidates: Iterable<string>) => string | null;

const most = 200;

export function createSuggest(): Suggest {
  let made = 0;
  return (name, candidates) => (made++ < most ? nearest(name, candidates) : null);
}

/** "did you mean `user`?", or null. */
export function didYouMean(meant: string | null): string | null {
  return meant === null ? null : `did you mean \`${meant}\`?`;
}

/** Names in a sentence, as many as fit; null for none. */
export function listed(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const shown = names.slice(0, 12).map((name) => `\`${name}\``);
  return [...shown, ...(names.length > shown.length ? ["…"] : [])].join(", ");
}
