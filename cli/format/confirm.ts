/** Whether prettier would leave alone what we laid out ourselves: asked about a sample of what is new. */
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
  /** Texts that have been sampled, by path, with the options they were laid out for. */
  const sampled = new Map<string, { readonly text: string; readonly key: string }>();
  return {
    async confirm(formatter, files) {
      const fresh = files.filter(({ file, path, style }) => {
        const before = sampled.get(path);
        return before?.text !== file.text || before.key !== style.key;
      });
      const texts = fresh.map(({ file, style }) => ({
        style,
        text: file.text.replace(/\r\n?/g, "\n"),
      }));
      for (const { text, style } of takeSample(texts, sampleSize)) {
        // `babel-ts` prints what `typescript` prints and is a third cheaper.
        const options = { parser: "babel-ts", ...style.options, endOfLine: "lf" };
        const formatted = await ask(() => formatter.format(text, options));
        if (formatted.trimEnd() !== text) return false;
      }
      for (const { file, path, style } of fresh) {
        sampled.set(path, { text: file.text, key: style.key });
      }
      return true;
    },
  };
}
