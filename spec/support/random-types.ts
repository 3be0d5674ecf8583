/** Random types for `random-contract.ts`: enums, structs, aliases, and fields of them. */
import type { Chance } from "./random.js";
import { nastyComments, nastyTexts } from "./nasty-texts.js";
import { capital as toCapital, quoted, quotedType } from "./render-contract.js";

export type FieldModel = {
  readonly name: string;
  /** As it stands in a block. */
  readonly line: string;
  /** As a property; null where it has options, which need a block. */
  readonly inline: string | null;
};

export type TypesModel = {
  readonly nodes: readonly string[];
  /** Random fields; `plain` ones have simple types, as inputs that effects refer to. */
  fields(count: number, kind?: "any" | "plain"): readonly FieldModel[];
  /** Fields that can be params of a context, of different names. */
  params(count: number): readonly FieldModel[];
  /** An output that a merge may go into, or one of any type. */
  slot(): Slot;
  output(): string | null;
  /** The line that makes the fields of a struct the input, if there is a struct. */
  inputOption(): readonly string[];
  /** A field of a struct by which elements of a list can be told apart. */
  keyOf(struct: string): { readonly name: string; readonly type: string } | null;
};

export type Slot = {
  readonly kind: "struct" | "list" | "other";
  readonly struct: string;
  readonly text: string | null;
};

const fieldNames =
  "user_id name constructor class delete to_string value default length prototype then x1 a_b created_at status";
const typeNames = "Profile Order Record Promise Date Map Object1 Tag Node2 HTTPRequest";
const enumNames = "Role Status2 Color";
const enumValues = [
  "admin",
  "a-b",
  "in progress",
  'q"x',
  "back\\slash",
  "doc",
  "1x",
  "true",
  "*/",
  "${x}",
  "é😀",
];
const scalars =
  "integer number boolean string datetime date time uuid decimal bytes email url json";

type StructModel = { readonly name: string; readonly fields: readonly TypedField[] };
type TypedField = FieldModel & { readonly type: string };

export function createTypes(chance: Chance, prefix: string, family: boolean): TypesModel {
  const capital = toCapital(prefix);
  const enums = enumNames
    .split(" ")
    .slice(0, chance.int(4))
    .map((name) => ({
      name: capital + name,
      values: chance.shuffle(enumValues).slice(0, 1 + chance.int(4)),
    }));
  const names = typeNames
    .split(" ")
    .slice(0, 2 + chance.int(8))
    .map((name) => capital + name);
  const aliases: { readonly name: string; readonly type: string }[] = [];
  const structs: StructModel[] = [];

  const comment = (): string => {
    if (!chance.one(4)) return "";
    const lines = chance.pick(nastyComments).split("\n");
    return lines.map((line) => `/// ${line}\n`).join("");
  };

  function atom(): string {
    const roll = chance.int(10);
    if (roll < 6) return chance.pick(scalars.split(" "));
    if (roll < 7 && enums.length > 0) return chance.pick(enums).name;
    return structs.length > 0 ? chance.pick(structs).name : "string";
  }

  /** A type without `?` around it. Structs that are not there yet stand in a list or a map only. */
  function type(depth: number): string {
    const roll = chance.int(12);
    if (depth > 0 && roll < 2) return `list<${nullable(type(depth - 1))}>`;
    if (depth > 0 && roll === 2 && !family) return `map<${type(depth - 1)}>`;
    if (depth > 0 && roll === 3) return `list<${chance.pick(names)}>`;
    if (depth > 0 && roll === 4) return union();
    if (roll === 5 && aliases.length > 0) return chance.pick(aliases).name;
    return atom();
  }

  function nullable(inner: string): string {
    if (!chance.one(4)) return inner;
    return inner.includes("|") ? `(${inner})?` : `${inner}?`;
  }

  /** Arms of different kinds, no two of which accept the same JSON. */
  function union(): string {
    const arms = [
      ["integer"],
      ["boolean"],
      ["string"],
      ["list<integer>"],
      structs.map(({ name }) => name),
    ];
    const chosen = chance.some(
      arms.filter((arm) => arm.length > 0),
      3,
    );
    if (chosen.length < 2) return "integer|string";
    return chosen.map((arm) => chance.pick(arm)).join("|");
  }

  function field(name: string, written: string, defaults: boolean): TypedField {
    const options = fieldOptions(written.replace(/\?$/, ""), defaults);
    const line = `${comment()}${[name, quotedType(written), ...options].join(" ")}`;
    const plain = options.length === 0 && !line.startsWith("///");
    return { name, line, inline: plain ? `${name}=${quotedType(written)}` : null, type: written };
  }

  /** Constraints that can be met, and a default that meets them. */
  function fieldOptions(type: string, defaults: boolean): readonly string[] {
    if (!chance.one(3)) return chance.one(12) && !type.includes("|") ? ["required=#false"] : [];
    const withDefault = (value: string): readonly string[] =>
      defaults && chance.one(2) ? [`default=${value}`] : [];
    switch (type) {
      case "integer":
        return [
          ...chance.some(["min=-5", "max=500", "multiple-of=1"], 3),
          ...withDefault(`${chance.int(9)}`),
        ];
      case "number":
        return [
          ...chance.some(["min=-0.5", "max=1e20"], 2),
          ...withDefault(chance.pick(["1", "0.1", "1e16", "5e-7"])),
        ];
      case "boolean":
        return withDefault(chance.pick(["#true", "#false"]));
      case "string":
        return [
          ...chance.some(["min-length=1", "max-length=80", String.raw`pattern=#"^[\s\S]+$"#`], 3),
          ...withDefault(quoted(chance.pick(nastyTexts))),
        ];
      case "json":
        return withDefault(chance.pick(["#null", "7", "-0.5", "#true", '"x"']));
      case "email":
        return ["max-length=200"];
      default: {
        const values = enums.find(({ name }) => name === type)?.values;
        if (values !== undefined) return withDefault(quoted(chance.pick(values)));
        return /^list<[^|]*>$/.test(type) ? chance.some(["min-items=0", "max-items=9"], 2) : [];
      }
    }
  }

  function fields(count: number, kind: "any" | "plain" = "any"): readonly TypedField[] {
    const chosen = chance.shuffle(fieldNames.split(" ")).slice(0, count);
    return chosen.map((name) => {
      const written =
        kind === "plain" ? chance.pick(["integer", "string", "boolean", "uuid"]) : type(2);
      const optional = aliases.some((alias) => alias.name === written)
        ? written
        : nullable(written);
      return field(name, optional, true);
    });
  }

  for (const name of names) {
    if (chance.one(5)) {
      aliases.push({ name, type: type(1).replaceAll(name, "string") });
      continue;
    }
    const id = chance.one(2)
      ? [field("id", chance.pick(["integer", "string", "uuid"]), false)]
      : [];
    structs.push({ name, fields: [...id, ...fields(chance.int(5))] });
  }
  // Alone in a struct, this field makes it look like the box that the canonical form puts round a value.
  if (chance.one(2)) {
    const result = field("result", chance.pick(["integer", "string", "boolean", "json"]), false);
    structs.push({ name: `${capital}Single`, fields: [result] });
  }
  // Every name that a list may have used must exist as a type.
  const nodes = [
    ...enums.map(({ name, values }) => `${comment()}enum ${name} ${values.map(quoted).join(" ")}`),
    ...aliases.map((alias) => `${comment()}type ${alias.name} ${quotedType(alias.type)}`),
    ...structs.map((struct) => {
      const lines = struct.fields.map(({ line }) => line.replaceAll(/^/gm, "    "));
      const inline = struct.fields.flatMap((one) => one.inline ?? []);
      if (inline.length === lines.length && chance.one(2)) {
        return `${comment()}type ${[struct.name, ...inline].join(" ")}`;
      }
      return `${comment()}type ${struct.name} {\n${lines.join("\n")}\n}`;
    }),
  ];
  const some = (): string | null => (structs.length > 0 ? chance.pick(structs).name : null);

  return {
    nodes,
    fields,
    params: (count) =>
      ["user_id", "limit", "query", "flag"].slice(0, count).map((name, index) => {
        const written = ["integer", "integer?", "string", "boolean?"][index] ?? "string";
        return field(name, written, true);
      }),
    slot() {
      const struct = some();
      if (struct === null || chance.one(3))
        return { kind: "other", struct: "", text: this.output() };
      const suffix = chance.one(5) ? "?" : "";
      return chance.one(2)
        ? { kind: "struct", struct, text: struct + suffix }
        : { kind: "list", struct, text: `list<${struct}>${suffix}` };
    },
    output() {
      if (chance.one(6)) return null;
      const written = type(2);
      return aliases.some((alias) => alias.name === written) ? written : nullable(written);
    },
    inputOption() {
      const struct = some();
      return struct === null ? [] : [`input ${struct}`];
    },
    keyOf(struct) {
      const found = structs
        .find(({ name }) => name === struct)
        ?.fields.find(({ name }) => name === "id");
      return found === undefined ? null : { name: "id", type: found.type };
    },
  };
}
