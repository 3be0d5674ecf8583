/** Sentences of what a timeline says: why a read was made, why a merge was refused, why an answer was dropped. */
import type { Drop, EffectLine, Reason, Refusal, Source, Touch } from "./timeline.js";
import { nameOfKey } from "./text.js";

/** Part of a sentence: text, or code that stands for itself. */
export type Piece = { readonly text: string } | { readonly code: string };

const text = (...texts: readonly string[]): Piece => ({ text: texts.join("") });
const code = (word: string): Piece => ({ code: word });

/** Pieces as one text, code between backticks. */
export const plain = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => ("code" in piece ? `\`${piece.code}\`` : piece.text)).join("");

/** `call #12 rename_user`, or who else it was. */
const sourcePieces = (source: Source): readonly Piece[] => {
  if (source.call !== null) return [text(`call #${source.call} `), code(source.fn)];
  return [text(source.by === "panel" ? "somebody here" : "another tab or a socket")];
};

const refusalPieces = (refusal: Refusal): readonly Piece[] => {
  switch (refusal.kind) {
    case "nothing-shown":
      return [text("nothing was shown yet that it could go into")];
    case "unknown-slot":
      return [text("the context has no such slot here")];
    case "does-not-fit":
      return [text("the value does not go into what is shown")];
    case "newer-shown":
      return [text("a newer answer or effect came meanwhile (rule 3)")];
    case "of-others":
      return [text("effects of others only invalidate")];
    case "params-open":
      if (refusal.names.length === 0) return [text("it has params that nobody here knows")];
      return [
        text("its params leave open for which "),
        ...refusal.names.flatMap((name, index) => [text(index > 0 ? ", " : ""), code(name)]),
        text(" it holds"),
      ];
  }
};

const AGAIN = "; the read under way had begun before that (rule 2)";

/** Why a read was made. */
export const reasonPieces = (reason: Reason): readonly Piece[] => {
  switch (reason.kind) {
    case "mount":
      return mountPieces(reason.before, reason.since);
    case "refetch":
      // Suspense hooks ask before anything is mounted.
      return reason.before === "nothing"
        ? [
            text("a suspense hook or "),
            code("refetch()"),
            text(" asked, and nothing was there yet"),
          ]
        : [code("refetch()"), text(" was called")];
    case "reset":
      return [text("reset: the client forgot everything, as for another user")];
    case "lost":
      return [
        text("because the answer of "),
        ...sourcePieces(reason.source),
        text(" was lost, so it may have changed anything (rule 6)"),
        ...(reason.isAgain ? [text(AGAIN)] : []),
      ];
    case "effects":
      return [
        text("because "),
        ...effectsPieces(reason.source, reason.effects),
        ...(reason.isAgain ? [text(AGAIN)] : []),
      ];
    case "other":
      return [text(reason.text)];
  }
};

const mountPieces = (before: string | undefined, since: Touch | null): readonly Piece[] => {
  if (before === "failed") return [text("mounted, and the read before had failed")];
  if (before !== "stale") return [text("mounted, and nothing was there yet")];
  return [
    text("mounted, and what was there was stale"),
    ...(since ? [text(": "), ...effectsPieces(since.source, [since.effect])] : []),
  ];
};

const effectsPieces = (source: Source, effects: readonly EffectLine[]): readonly Piece[] => {
  // What can be said of a merge that was refused says more than the invalidation that follows from it.
  const effect = effects.find(({ refusal }) => refusal) ?? effects[0];
  const from = [...sourcePieces(source), text(source.call === null ? " said " : " answered ")];
  if (!effect) return [...sourcePieces(source), text(" reached it")];
  const more = new Set(effects.map((one) => one.text)).size - 1;
  const tail = [
    ...(more > 0 ? [text(` and ${more} more`)] : []),
    ...(source.call === null ? [text(" (rule 7)")] : []),
  ];
  if (effect.text === null) {
    return [...from, text("effects in a form that nobody here knows"), ...tail];
  }
  if (!effect.refusal) return [...from, code(effect.text), ...tail];
  return [
    ...from,
    code(effect.text),
    text(", which was refused: "),
    ...refusalPieces(effect.refusal),
    ...tail,
  ];
};

/** What one entry of an answer did to one instance. */
export const effectPieces = (effect: EffectLine): readonly Piece[] => {
  const name = nameOfKey(effect.key);
  if (effect.kind === "expect") return [code(name), text(" shows what the call should change")];
  if (effect.kind === "invalidate") return [code(name), text(" became stale")];
  const target = [code(effect.slot ?? "?"), text(" of "), code(name)];
  return effect.refusal
    ? [text("not merged into "), ...target, text(": "), ...refusalPieces(effect.refusal)]
    : [text("merged into "), ...target];
};

/** Why an answer was not shown. */
export const dropPieces = (drop: Drop): readonly Piece[] => {
  switch (drop.kind) {
    case "overtaken":
      return [text("overtaken by "), ...sourcePieces(drop.source), text(", so not shown (rule 2)")];
    case "reset":
      return [text("asked for before a reset, so not shown")];
    case "unwatched":
      return [text("nobody watches it any more, so not shown")];
    case "failed":
      return [text("failed, and is asked for again already")];
  }
};
