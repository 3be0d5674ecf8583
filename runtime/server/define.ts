/** Constructors of contract definitions, so that generated code reads like the contract it came from. */
import type { FileLimits } from "../wire/file.js";
import type { Field, Shape } from "./definition.js";

type Numeric = { readonly min?: number; readonly max?: number; readonly multipleOf?: number };
type Text = { readonly minLength?: number; readonly maxLength?: number; readonly pattern?: string };
type Items = { readonly minItems?: number; readonly maxItems?: number };
type Presence = { readonly omittable?: boolean; readonly default?: string | number | boolean };

export const integer = (limits?: Numeric): Shape => ({ kind: "integer", ...limits });
export const number = (limits?: Numeric): Shape => ({ kind: "number", ...limits });
export const boolean = (): Shape => ({ kind: "boolean" });
export const string = (limits?: Text): Shape => ({ kind: "string", ...limits });
export const datetime = (limits?: Text): Shape => ({ kind: "datetime", ...limits });
export const date = (limits?: Text): Shape => ({ kind: "date", ...limits });
export const time = (limits?: Text): Shape => ({ kind: "time", ...limits });
export const uuid = (limits?: Text): Shape => ({ kind: "uuid", ...limits });
export const decimal = (limits?: Text): Shape => ({ kind: "decimal", ...limits });
export const bytes = (limits?: Text): Shape => ({ kind: "bytes", ...limits });
export const email = (limits?: Text): Shape => ({ kind: "email", ...limits });
export const url = (limits?: Text): Shape => ({ kind: "url", ...limits });
export const json = (): Shape => ({ kind: "json" });
export const file = (limits?: FileLimits): Shape => ({ kind: "file", ...limits });
export const enumOf = (...values: readonly string[]): Shape => ({ kind: "enum", values });
export const ref = (type: string): Shape => ({ kind: "ref", type });
export const list = (item: Shape, limits?: Items): Shape => ({ kind: "list", item, ...limits });
export const map = (value: Shape): Shape => ({ kind: "map", value });
export const optional = (inner: Shape): Shape => ({ kind: "optional", inner });
export const union = (...members: readonly Shape[]): Shape => ({ kind: "union", members });

/** `field("limit", optional(integer()), { omittable: true })` */
export const field = (name: string, shape: Shape, presence?: Presence): Field => ({
  name,
  shape,
  ...presence,
});
