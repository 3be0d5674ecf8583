/**
 * prettier as we need it: the project's own copy if it has one, else ours, loaded when first asked for
 * (60 ms). It reads its configuration from the disk by itself, so it is a part of the host.
 */
export type FormatterOptions = Readonly<Record<string, unknown>>;

export type Formatter = {
  readonly version: string;
  /** The options for a file, `.editorconfig` included; throws what prettier throws for a broken configuration. */
  resolveOptions(file: string): Promise<FormatterOptions>;
  /** The configuration file that applies to a file, `.editorconfig` aside. */
  resolveConfigFile(file: string): Promise<string | null>;
  /** Formats a text; throws where it cannot be parsed or a plugin is missing. */
  format(text: string, options: FormatterOptions): Promise<string>;
  /** Forgets what it has read of the disk. */
  forget(): Promise<void>;
};

/** Finds prettier from a folder; null when there is none. */
export type FindFormatter = (folder: string) => Promise<Formatter | null>;
