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
      const samples = takeSample(texts, sampleSize);
      for (const style of new Set(samples.map((sample) => sample.style))) {
        const pieces = samples.filter((sample) => sample.style === style).map(({ text }) => text);
        if (!(await areRight(formatter, style, pieces))) return false;
      }
      for (const { file, path, style } of fresh) {
        sampled.set(path, { text: file.text, key: style.key });
      }
      return true;
    },
  };
}

/**
 * Whether prettier leaves pieces as they are. They are shown to it as one text, which takes it half as long as
 * one after the other; what it would change there is shown to it alone, since a piece may mean something else
 * behind others, as a directive does.
 */
async function areRight(
  formatter: Formatter,
  style: Style,
  pieces: readonly string[],
): Promise<boolean> {
  // `babel-ts` prints what `typescript` prints and is a third cheaper.
  const options = { parser: "babel-ts", ...style.options, endOfLine: "lf" };
  const isRight = async (text: string): Promise<boolean> =>
    (await ask(() => formatter.format(text, options))).trimEnd() === text;
  if (await isRight(pieces.join("\n\n"))) return true;
  for (const piece of pieces) if (!(await isRight(piece))) return false;
  return true;
}
