/**
 * What a generated client `schemas.ts` imports beside `zod/mini`. Version 1: additions only. The same for
 * servers, on `zod`, is `schemas.ts`.
 */
import * as z from "zod/mini";
import { fileFaults, type FileLimits } from "../../wire/file.js";
import { formats } from "../../wire/formats.js";
import { ownProperties } from "../../wire/json.js";

/** Compares and infers nothing but the type that comes out, which keeps type checking cheap. */
export type Schema<T> = z.ZodMiniType<T>;

/**
 * A schema that is made at its first use. So a module of hundreds of them costs nothing to import, unused
 * ones can be dropped by a bundler, and types may refer to each other in any order.
 */
export function define<T>(make: () => { readonly _zod: { readonly output: T } }): Schema<T> {
  return z.lazy(make as () => z.ZodMiniType<T>);
}

/**
 * For a struct with a field that every object inherits, such as `constructor`: zod would take what is inherited for
 * what was given.
 */
export const ownFields = <T>(schema: z.ZodMiniType<T>): z.ZodMiniType<T> =>
  z.pipe(z.transform(ownProperties), schema);

const text = (format: keyof typeof formats): z.ZodMiniType<string> => {
  const { accepts, expected } = formats[format];
  return z.string().check(z.refine(accepts, expected));
};

export const datetime = (): z.ZodMiniType<string> => text("datetime");
export const date = (): z.ZodMiniType<string> => text("date");
export const time = (): z.ZodMiniType<string> => text("time");
export const decimal = (): z.ZodMiniType<string> => text("decimal");
/** Padded base64. */
export const bytes = (): z.ZodMiniType<string> => text("bytes");
export const email = (): z.ZodMiniType<string> => text("email");
export const url = (): z.ZodMiniType<string> => text("url");
/** In any case; comes out in lower case. */
export const uuid = (): z.ZodMiniType<string> => text("uuid").check(z.toLowerCase());

/** A `File`, or a `Blob` without a name. */
export const file = (limits: FileLimits = {}): z.ZodMiniType<Blob> =>
  z
    .custom<Blob>((value) => value instanceof Blob, "Expected a file")
    .check((found) => {
      if (!(found.value instanceof Blob)) return;
      for (const message of fileFaults(found.value, limits)) {
        found.issues.push({ code: "custom", message, input: found.value });
      }
    });

/** The source of a regular expression, for the `u` flag, as a check. */
export const pattern = (source: string): z.core.$ZodCheck<string> =>
  z.regex(new RegExp(source, "u"));
