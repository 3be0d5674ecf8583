/** Numbers within limits: small ones, each ordinal its own as far as the limits go. */
import type { Shape } from "../../server/definition.js";

type Numeric = Extract<Shape, { kind: "integer" | "number" }>;

/** Of a step that fits whole numbers seldom, so many multiples are tried. */
const TRIES = 2000;

export function* numbersFor(shape: Numeric, ordinal: number): Generator<number> {
  const { kind, max } = shape;
  const step = shape.multipleOf ?? (kind === "integer" ? 1 : 0.5);
  const least = shape.min ?? Math.min(step, max ?? step);
  const first = Math.ceil(least / step);
  const count = max === undefined ? Infinity : Math.floor(max / step) - first + 1;
  const from = Math.max(ordinal - 1, 0);
  for (let index = 0; index < Math.min(count, TRIES); index++) {
    const offset = count === Infinity ? from + index : (from + index) % count;
    // Rounded, as 3 * 0.1 is not 0.3.
    yield Number(((first + offset) * step).toPrecision(12));
    yield (first + offset) * step;
  }
  // Limits closer together than a step, or so large that steps are lost.
  yield least;
  if (max !== undefined) {
    yield (least + max) / 2;
    yield max;
  }
}
