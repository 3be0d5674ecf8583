/**
 * What a generated `server/schemas.ts` imports beside `zod` itself. Version 1: additions only. The same for
 * clients, on `zod/mini`, is `schemas-mini.ts`.
 */
import * as z from "zod";
import { StoredFile, type UploadedFile } from "../../server/uploads/uploaded-file.js";
import { fileFaults, type FileLimits } from "../../wire/file.js";
import { formats } from "../../wire/formats.js";
import { ownProperties } from "../../wire/json.js";

/** Compares and infers nothing but the type that comes out, which keeps type checking cheap. */
export type Schema<T> = z.ZodType<T>;

/**
 * A schema that is made at its first use. So a module of hundreds of them costs nothing to import, unused
 * ones can be dropped by a bundler, and types may refer to each other in any order.
 */
export function define<T>(make: () => { readonly _zod: { readonly output: T } }): Schema<T> {
  return z.lazy(make as () => z.ZodType<T>);
}

/**
 * For a struct with a field that every object inherits, such as `constructor`: zod would take what is inherited for
 * what was given.
 */
export const ownFields = <T>(schema: z.ZodType<T>): z.ZodType<T> =>
  z.preprocess(ownProperties, schema);

const text = (format: keyof typeof formats): z.ZodType<string> => {
  const { accepts, expected } = formats[format];
  return z.string().check(z.refine(accepts, expected));
};

export const datetime = (): z.ZodType<string> => text("datetime");
export const date = (): z.ZodType<string> => text("date");
export const time = (): z.ZodType<string> => text("time");
export const decimal = (): z.ZodType<string> => text("decimal");
/** Padded base64. */
export const bytes = (): z.ZodType<string> => text("bytes");
export const email = (): z.ZodType<string> => text("email");
export const url = (): z.ZodType<string> => text("url");
/** In any case; comes out in lower case. */
export const uuid = (): z.ZodType<string> => text("uuid").check(z.toLowerCase());

/** A file that came with a call. */
export const file = (limits: FileLimits = {}): z.ZodType<UploadedFile> =>
  z
    .custom<UploadedFile>((value) => value instanceof StoredFile, "Expected a file")
    .check((found) => {
      if (!(found.value instanceof StoredFile)) return;
      for (const message of fileFaults(found.value, limits)) {
        found.issues.push({ code: "custom", message, input: found.value });
      }
    });

/** The source of a regular expression, for the `u` flag, as a check. */
export const pattern = (source: string): z.core.$ZodCheck<string> =>
  z.regex(new RegExp(source, "u"));
