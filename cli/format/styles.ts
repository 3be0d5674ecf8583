/** Which layout the project's prettier options ask for, file by file. */
import { dirname, extname } from "node:path";
import { layoutFromPrettierOptions, type Layout } from "../../templates/layout/layout.js";
import type { Formatter, FormatterOptions } from "./formatter.js";

export type Style = {
  readonly options: FormatterOptions;
  /** Equal for equal options. */
  readonly key: string;
  /** Null where only prettier itself can follow the options; one object for equal options. */
  readonly layout: Layout | null;
};

export type Styles = {
  /** The style of a file, asked for once per folder and kind of file: that is what options are given for. */
  of(path: string): Promise<Style>;
  /** The same, if it has been asked for. */
  known(path: string): Style | null;
};

/** prettier refused: its configuration is broken, a plugin is missing, or it cannot parse. */
export class FormatterError extends Error {
  override readonly name = "FormatterError";
}

export function createStyles(formatter: Formatter): Styles {
  const byKind = new Map<string, Style>();
  const byKey = new Map<string, Style>();
  const known = (path: string): Style | null => byKind.get(toKind(path)) ?? null;
  return {
    known,
    async of(path) {
      const before = known(path);
      if (before !== null) return before;
      const options = await ask(() => formatter.resolveOptions(path));
      const key = JSON.stringify(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1)));
      const layout = layoutFromPrettierOptions(options);
      const style = byKey.get(key) ?? { options, key, layout };
      byKey.set(key, style);
      byKind.set(toKind(path), style);
      return style;
    },
  };
}

function toKind(path: string): string {
  return `${dirname(path)}\0${extname(path)}`;
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
