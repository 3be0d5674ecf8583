/**
 * Compiles shapes into codecs, once, when the server starts.
 *
 * Does: look up names, build closures. Does not: touch requests. A shape that names no known type is the
 * generator's fault and throws here, at start. Words: a *codec* takes one shape in and sends it out.
 */
import type { Field, Shape, StructDefinition } from "../definition.js";
import type { Codec } from "./codec.js";
import { mapCodec, optionalCodec, unionCodec } from "./composites.js";
import { fileCodec } from "./files.js";
import { jsonCodec } from "./json.js";
import { listCodec } from "./lists.js";
import { booleanCodec, enumCodec, numericCodec, textCodec } from "./scalars.js";
import { structCodec, type StructCodec } from "./struct.js";

export interface Compiler {
  codecOf(shape: Shape): Codec;
  structOf(fields: readonly Field[]): StructCodec;
}

export function createCompiler(structs: readonly StructDefinition[]): Compiler {
  const definitions = new Map(structs.map((struct) => [struct.name, struct]));
  const compiled = new Map<string, Codec>();
  const unions = new Map<string, Codec>();

  /** Types refer to each other, so a name stands for its codec while that is still being compiled. */
  function refCodec(name: string): Codec {
    const known = compiled.get(name);
    if (known) return known;
    const definition = definitions.get(name);
    if (!definition) throw new TypeError(`The contract definition has no type ${name}`);
    compiled.set(
      name,
      namedCodec(() => compiled.get(name)),
    );
    const codec = structOf(definition.fields);
    compiled.set(name, codec);
    return codec;
  }

  const structOf = (fields: readonly Field[]): StructCodec =>
    structCodec(fields, (field) => codecOf(field.shape));

  /** Unions have no names here; alike ones share a codec, and so what it knows of a value. */
  function sharedUnion(members: readonly Shape[], isElement: boolean): Codec {
    const key = JSON.stringify([isElement, members]);
    const known = unions.get(key);
    if (known) return known;
    const codec = unionCodec(members.map((member) => codecIn(member, isElement)));
    unions.set(key, codec);
    return codec;
  }

  const codecOf = (shape: Shape): Codec => codecIn(shape, false);

  /** `isElement`: it stands in a list, so a query cannot repeat the name for what is in it. */
  function codecIn(shape: Shape, isElement: boolean): Codec {
    switch (shape.kind) {
      case "integer":
      case "number":
        return numericCodec(shape);
      case "boolean":
        return booleanCodec();
      case "json":
        return jsonCodec;
      case "file":
        return fileCodec(shape);
      case "enum":
        return enumCodec(shape.values);
      case "ref":
        return refCodec(shape.type);
      case "list":
        return listCodec(codecIn(shape.item, true), shape, isElement);
      case "map":
        return mapCodec(codecOf(shape.value));
      case "optional":
        return optionalCodec(codecIn(shape.inner, isElement));
      case "union":
        return sharedUnion(shape.members.flatMap(armsOf), isElement);
      default:
        return textCodec(shape);
    }
  }

  return { codecOf, structOf };
}

/** A union inside a union adds its own arms, so that all structs are weighed against each other. */
function armsOf(member: Shape): readonly Shape[] {
  if (member.kind === "union") return member.members.flatMap(armsOf);
  if (member.kind !== "optional") return [member];
  const [first, ...others] = armsOf(member.inner);
  // One of the arms has to take the null.
  return first === undefined ? [] : [{ kind: "optional", inner: first }, ...others];
}

/** A struct's codec under its name; `find` answers the compiled one by the time a value comes. */
function namedCodec(find: () => Codec | undefined): Codec {
  const codec = (): Codec => {
    const found = find();
    if (!found) throw new TypeError("A type was used before it was compiled");
    return found;
  };
  return {
    parse: (value, issues) => codec().parse(value, issues),
    coerce: (texts, issues) => codec().coerce(texts, issues),
    encode: (value, issues) => codec().encode(value, issues),
    optional: false,
    shallow: false,
    declaredKeys: (value) => codec().declaredKeys?.(value) ?? 0,
    takeFiles: null,
    item: null,
  };
}
