import { isObject, type JsonObject } from "./json.js";

/** Params as a query: lists by repetition, other objects as JSON text. */
export const toQuery = (params: JsonObject): URLSearchParams =>
  new URLSearchParams(
    Object.entries(params).flatMap(([name, value]) =>
      [value].flat().map((item) => [name, isObject(item) ? JSON.stringify(item) : `${item}`]),
    ),
  );
