/** Structs: fields under their names, in declared order, and nothing else. */
import type { Field } from "../definition.js";
import type { StoredFile } from "../uploads/uploaded-file.js";
import type { Codec } from "./codec.js";
import { asJsonText, type Way } from "./composites.js";
import type { Issues } from "./issues.js";
import { getOwn, isInherited, isRecord, setOwn, type Plain } from "./own.js";

/** Query or form values by name. */
export type Texts = ReadonlyMap<string, readonly string[]>;

/** A form of which the files were already put somewhere. */
type Form = { readonly texts: Texts; readonly files: ReadonlyMap<string, readonly StoredFile[]> };

/** A struct, which as the input of a function is also read from a whole query. */
export interface StructCodec extends Codec {
  coerceFields(texts: Texts, issues: Issues): Plain;
  coerceForm(form: Form, issues: Issues): Plain;
  /** By name; of a function's input, its params. */
  readonly fields: ReadonlyMap<string, Codec>;
}

type CompiledField = {
  readonly name: string;
  readonly codec: Codec;
  readonly inherited: boolean;
  readonly omittable: boolean;
  readonly default: string | number | boolean | undefined;
};

/**
 * `codecOf` may return a codec that is still being compiled, as types refer to each other: it is not used
 * before the first value comes.
 */
export function structCodec(
  declared: readonly Field[],
  codecOf: (field: Field) => Codec,
): StructCodec {
  const fields: readonly CompiledField[] = declared.map((field) => ({
    name: field.name,
    codec: codecOf(field),
    inherited: isInherited(field.name),
    omittable: field.omittable === true,
    default: field.default,
  }));
  const takesFiles = fields.some(({ codec }) => codec.takeFiles !== null);
  const byName = new Map(fields.map((field) => [field.name, field.codec]));

  const read = ({ inherited, name }: CompiledField, value: Plain): unknown =>
    inherited ? getOwn(value, name) : value[name];

  /**
   * Of a union's arm that is only tried: whether it is ruled out by what is missing or by fields with nothing
   * inside, such as an operator. Mostly they decide, and the rest of the value is never looked at.
   */
  const isRuledOut = (value: Plain, issues: Issues, way: Way): boolean => {
    if (issues.weighed === null) return false;
    const absent = way === "parse" ? absentInput : absentOutput;
    for (const field of fields) {
      const given = read(field, value);
      if (given === undefined) absent(field, issues);
      else if (field.codec.shallow) field.codec[way](given, issues);
      if (issues.full) return true;
    }
    return false;
  };
  /**
   * Most values have exactly the declared members, in their order. Such a one is copied as a whole, and only what
   * a codec changes is put in, since putting in each of 50 members costs more than all their checks. Null for any
   * other value, and for an arm that is only tried, so that a value with many keys is copied once at most.
   */
  const takeWhole = (value: Plain, issues: Issues, way: Way): Plain | null => {
    if (issues.weighed !== null) return null;
    const result: Plain = { ...value };
    let at = 0;
    for (const name in result) {
      if (fields[at++]?.name !== name || result[name] === undefined) return null;
    }
    if (at !== fields.length) return null;
    for (const { name, codec } of fields) {
      if (issues.full) break;
      const given = result[name];
      const before = issues.count;
      const taken = codec[way](given, issues);
      if (issues.count !== before) issues.prefix(before, name);
      if (taken !== given) setOwn(result, name, taken);
    }
    return result;
  };
  const parseFields = (value: Plain, issues: Issues): Plain => {
    const whole = takeWhole(value, issues, "parse");
    if (whole !== null) return whole;
    const result: Plain = {};
    if (isRuledOut(value, issues, "parse")) return result;
    for (const field of fields) {
      if (issues.full) break;
      const given = read(field, value);
      if (given === undefined) setOwn(result, field.name, absentInput(field, issues));
      else {
        const before = issues.count;
        setOwn(result, field.name, field.codec.parse(given, issues));
        if (issues.count !== before) issues.prefix(before, field.name);
      }
    }
    return result;
  };
  const coerceFields = (texts: Texts, issues: Issues): Plain => {
    const result: Plain = {};
    for (const field of fields) {
      const given = texts.get(field.name);
      if (given === undefined) setOwn(result, field.name, absentInput(field, issues));
      else {
        const before = issues.count;
        setOwn(result, field.name, field.codec.coerce(given, issues));
        if (issues.count !== before) issues.prefix(before, field.name);
      }
    }
    return result;
  };
  const coerceForm = ({ texts, files }: Form, issues: Issues): Plain => {
    const result: Plain = {};
    for (const field of fields) {
      const before = issues.count;
      const uploads = files.get(field.name);
      const given = texts.get(field.name) ?? (isEmptyList(field) ? [] : undefined);
      if (uploads !== undefined) {
        const { takeFiles } = field.codec;
        const isFit = takeFiles !== null && !texts.has(field.name);
        setOwn(
          result,
          field.name,
          isFit ? takeFiles(uploads, issues) : issues.add(takeFiles ? ONLY_FILES : NO_FILE),
        );
      } else if (given !== undefined) {
        setOwn(result, field.name, field.codec.coerce(given, issues));
      } else {
        setOwn(result, field.name, absentInput(field, issues));
        continue;
      }
      if (issues.count !== before) issues.prefix(before, field.name);
    }
    return result;
  };
  /** A form says nothing of a list without items; where it may carry files, that must not be an error. */
  const isEmptyList = ({ codec, omittable }: CompiledField): boolean =>
    takesFiles && codec.item !== null && !codec.optional && !omittable;
  const encodeFields = (value: Plain, issues: Issues): Plain => {
    const whole = takeWhole(value, issues, "encode");
    if (whole !== null) return whole;
    const result: Plain = {};
    if (isRuledOut(value, issues, "encode")) return result;
    for (const field of fields) {
      if (issues.full) break;
      const given = read(field, value);
      const before = issues.count;
      const encoded =
        given === undefined ? absentOutput(field, issues) : field.codec.encode(given, issues);
      if (issues.count !== before) issues.prefix(before, field.name);
      else if (encoded !== undefined) setOwn(result, field.name, encoded);
    }
    return result;
  };

  const codec = asJsonText({
    parse: (value, issues) =>
      isRecord(value) ? parseFields(value, issues) : issues.add("Expected an object"),
    encode: (value, issues) =>
      isRecord(value) ? encodeFields(value, issues) : issues.add("Expected an object"),
    declaredKeys: (value) => Object.keys(value).filter((key) => byName.has(key)).length,
  });
  return { ...codec, coerceFields, coerceForm, fields: byName };
}

const NO_FILE = "Expected text, not a file";
const ONLY_FILES = "Expected a file, not text beside it";

/** Set even when undefined, so that `input.constructor` is never the one of every object. */
function absentInput(field: CompiledField, issues: Issues): unknown {
  if (field.default !== undefined) return field.default;
  if (field.omittable) return field.codec.optional ? null : undefined;
  const before = issues.count;
  issues.add("Required");
  issues.prefix(before, field.name);
  return undefined;
}

/** An output has every key, nulls and defaults too; only one that may be left out of both can be missing. */
const absentOutput = (field: CompiledField, issues: Issues): unknown =>
  mayBeMissing(field) ? undefined : issues.add("Required");

const mayBeMissing = ({ omittable, default: filled, codec }: CompiledField): boolean =>
  omittable && filled === undefined && !codec.optional;
