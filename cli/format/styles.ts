/** Which layout the project's prettier options ask for, file by file. */
import { dirname, extname } from "node:path";
import { layoutFromPrettierOptions, type Layout } from "../../templates/layout/layout.js";
import type { Formatter, FormatterOptions } from "./formatter.js";

export type Style = {
  readonly options: FormatterOptions;
  /** Equal for equal options. */
  readonly key: string;
  /** Null where only prettier itself can follow the options. */
  readonly layout: Layout | null;
};

export type Styles = { of(path: string): Promise<Style> };

/** prettier refused: its configuration is broken, a plugin is missing, or it cannot parse. */
export class FormatterError extends Error {
  override readonly name = "FormatterError";
}

/** Asked once per folder and kind of file: that is what options are given for. */
export function createStyles(formatter: Formatter): Styles {
  const known = new Map<string, Style>();
  return {
    async of(path) {
      const kind = `${dirname(path)}\0${extname(path)}`;
      const style = known.get(kind);
      if (style !== undefined) return style;
      const options = await ask(() => formatter.resolveOptions(path));
      const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
      const fresh = {
        options,
        key: JSON.stringify(sorted),
        layout: layoutFromPrettierOptions(options),
      };
      known.set(kind, fresh);
      return fresh;
    },
  };
}

/** A call of prettier, whose errors become `FormatterError`. */
export async function ask<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new FormatterError(message.split("\n")[0] ?? message);
  }
}
