/** Whether prettier would leave alone what we laid out ourselves: asked about a sample, each piece once. */
import type { PlannedFile } from "../../templates/plan.js";
import type { Formatter } from "./formatter.js";
import { takeSample } from "./sample.js";
import { ask, type Style } from "./styles.js";

export type LaidFile = { readonly file: PlannedFile; readonly path: string; readonly style: Style };

export type Confirmer = {
  /** False as soon as prettier would print one piece differently. */
  confirm(formatter: Formatter, files: readonly LaidFile[]): Promise<boolean>;
};

/** prettier takes about 10 ms for a piece. */
const sampleSize = 12;

export function createConfirmer(): Confirmer {
  const confirmed = new Set<string>();
  return {
    async confirm(formatter, files) {
      const pieces = files.map(({ file, style }) => ({
        style,
        text: file.text.replace(/\r\n?/g, "\n"),
      }));
      const sample = takeSample(pieces, sampleSize, (piece) => confirmed.has(toKey(piece)));
      for (const piece of sample) {
        const { text, style } = piece;
        // `babel-ts` prints what `typescript` prints and is a third cheaper.
        const options = { parser: "babel-ts", ...style.options, endOfLine: "lf" };
        const formatted = await ask(() => formatter.format(text, options));
        if (formatted.trimEnd() !== text) return false;
        confirmed.add(toKey(piece));
      }
      return true;
    },
  };
}

function toKey({ style, text }: { readonly style: Style; readonly text: string }): string {
  return `${style.key}\0${text}`;
}
