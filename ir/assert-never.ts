/** Ends a `switch` over a discriminated union: a new kind becomes a type error at every place that forgot it. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
