import type { EnumHandler } from "../server/handlers.js";

export const enum$: EnumHandler = async (
  { value, text, pattern, number, big, small, constructor, value_of, nothing, either },
  ctx,
) => {
  throw ctx.notImplemented({
    value,
    text,
    pattern,
    number,
    big,
    small,
    constructor,
    value_of,
    nothing,
    either,
  });
};
